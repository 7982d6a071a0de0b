#include "dbctl/migrate/migrator.hpp"

#include <algorithm>
#include <utility>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "migrate/applied.hpp"
#include "migrate/describe.hpp"
#include "migrate/down.hpp"
#include "migrate/executor.hpp"
#include "migrate/settle.hpp"
#include "migrate/verified.hpp"

namespace dbctl::migrate {

Observer::~Observer() = default;

namespace {

Target target_of(const journal::Database& database, const std::vector<std::string>& known) {
  return {&database.dialect(), database.target_names(), known};
}

std::int64_t next_batch(const journal::State& state) {
  std::int64_t batch = 0;
  for (const auto& a : state.applied) batch = std::max(batch, a.batch);
  return batch + 1;
}

std::optional<journal::Progress> progress_of(const journal::State& state, const PlannedMigration& m) {
  const auto& p = state.progress;
  if (p && p->version == m.version && p->domain == m.domain) return p;
  return std::nullopt;
}

/// A plan was made, so the checksums of everything applied are those of the catalog: remembered, they need not be
/// computed again.
void remember_verified(journal::Database& database, const catalog::Catalog& catalog, const journal::State& state) {
  for (const auto& d : catalog.domains())
    if (!d.build_id.empty() && !is_verified(d, state))
      database.journal().set_meta(journal::meta::build_of(d.name), verified(d, state));
}

/// Whether there is nothing to write but migrations: no journal yet, or one that is up to date.
bool is_up_to_date(const journal::Database& database, const catalog::Catalog& catalog, const journal::State& state) {
  return state.meta.empty() ||
         (database.is_stamped(state) && std::ranges::all_of(catalog.domains(), [&](const auto& d) {
            return d.build_id.empty() || is_verified(d, state);
          }));
}

/// Before anything is sent: half of a migration would be no better than none.
void check_pooler(journal::Database& database, const std::vector<PlannedMigration>& migrations) {
  if (!database.pooled()) return;
  for (const auto& m : migrations)
    for (const auto& g : m.groups)
      if (g.kind == Group::Kind::alone)
        throw Error(codes::lock_pooler,
                    {.summary = "a statement that commits by itself cannot run through a transaction pooler",
                     .where = place(m, g.statements.front()),
                     .why = "each transaction may have another session of the server, so that nobody could tell "
                            "whether it runs still, or end it: " +
                            g.statements.front().step.statement.sql,
                     .next = {"connect to the database itself, past the pooler: host and port of the environment, or "
                              "--url"}});
}

/// A plan that was made before the lock was had holds if nobody else did anything in between.
bool is_same(const journal::State& a, const journal::State& b) {
  return a.applied == b.applied && a.progress == b.progress;
}

/// Runs `plan` and adds up. The state is the one that the plan was made from.
Outcome execute(journal::Database& database, const Plan& plan, const journal::State& state, const Target& target,
                Observer& observer) {
  Outcome outcome;
  Stopwatch watch;
  check_pooler(database, plan.migrations);
  Executor executor(database, observer, next_batch(state));
  auto reversal = plan.reversals.begin();
  for (const auto& m : plan.migrations) {
    auto reverse = m.direction == Direction::up ? reverse_of(*reversal++, m, target) : std::string();
    outcome.migrations.push_back(executor.run(m, progress_of(state, m), std::move(reverse)));
    outcome.statements += outcome.migrations.back().statements;
  }
  database.connection().set_lock_timeout(std::chrono::milliseconds(0));  // what comes next is no definition
  outcome.duration_ms = watch.milliseconds();
  return outcome;
}

}  // namespace

Outcome migrate(journal::Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                const UpRequest& request, Observer& observer) {
  const auto target = target_of(database, known);
  auto state = database.read();
  // What cannot be planned is told before anything is made or locked; and nothing to do needs neither.
  auto plan = plan_up(catalog, state, target, request);
  if (plan.migrations.empty() && is_up_to_date(database, catalog, state)) return {};
  check_pooler(database, plan.migrations);
  const auto lock = database.lock(observer);
  const auto unlocked = std::exchange(state, settle(database, database.prepare()));
  if (!is_same(unlocked, state)) plan = plan_up(catalog, state, target, request);
  auto outcome = execute(database, plan, state, target, observer);
  remember_verified(database, catalog, outcome.migrations.empty() ? state : database.read());
  return outcome;
}

std::vector<journal::Reverse> stored_reverses(journal::Database& database, const catalog::Catalog& catalog,
                                              const journal::State& state) {
  std::vector<journal::Reverse> out;
  for (const auto& a : state.applied)
    if (!is_known(catalog, a))
      if (auto plan = database.journal().reverse(a.domain, a.version))
        out.push_back({a.domain, a.version, std::move(*plan)});
  return out;
}

Outcome rollback(journal::Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                 const DownRequest& request, Observer& observer) {
  const auto target = target_of(database, known);
  auto state = database.read();
  const auto planned = [&] {
    return plan_down(catalog, state, target, request, stored_reverses(database, catalog, state));
  };
  auto plan = planned();
  if (plan.migrations.empty()) return {};
  check_pooler(database, plan.migrations);
  const auto lock = database.lock(observer);
  const auto unlocked = std::exchange(state, settle(database, database.prepare()));
  if (!is_same(unlocked, state)) plan = planned();
  auto outcome = execute(database, plan, state, target, observer);
  remember_verified(database, catalog, database.read());
  return outcome;
}

}  // namespace dbctl::migrate
