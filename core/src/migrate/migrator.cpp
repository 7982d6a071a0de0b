#include "dbctl/migrate/migrator.hpp"

#include <algorithm>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "migrate/executor.hpp"

namespace dbctl::migrate {

Observer::~Observer() = default;

namespace {

Target target_of(const journal::Database& database, const std::vector<std::string>& known) {
  return {&database.dialect(), database.target_names(), known};
}

/// Progress in the other direction must be finished first, by its own command.
void check_direction(const journal::State& state, Direction direction) {
  if (!state.progress || state.progress->direction == direction) return;
  const auto& p = *state.progress;
  const bool up = p.direction == Direction::up;
  throw Error(codes::journal_interrupted,
              {.summary = p.version + "_" + p.name + (up ? " is half applied" : " is half rolled back"),
               .why = std::to_string(p.done) + " of its statements are done",
               .next = {up ? "finish it first: dbctl migrate" : "finish it first: dbctl rollback"}});
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

/// The checksums of everything applied were just verified: remember for which builds.
void remember_builds(journal::Database& database, const catalog::Catalog& catalog, const journal::State& state) {
  for (const auto& d : catalog.domains()) {
    const auto key = journal::meta::build_of(d.name);
    const auto it = state.meta.find(key);
    if (!d.build_id.empty() && (it == state.meta.end() || it->second != d.build_id))
      database.journal().set_meta(key, d.build_id);
  }
}

void stamp(journal::Database& database, const journal::State& state) {
  const auto& s = database.settings();
  if (s.environment.empty()) return;
  if (!state.meta.contains(std::string(journal::meta::environment)))
    database.journal().set_meta(journal::meta::environment, s.environment);
  const auto protect = state.meta.find(std::string(journal::meta::protect));
  const std::string wanted = s.protect ? "true" : "false";
  if (protect == state.meta.end() || protect->second != wanted)
    database.journal().set_meta(journal::meta::protect, wanted);
}

/// Runs `plan` and adds up. The state is the one that the plan was made from.
Outcome execute(journal::Database& database, const Plan& plan, const journal::State& state, Observer& observer) {
  Outcome outcome;
  Stopwatch watch;
  Executor executor(database, observer, next_batch(state));
  for (const auto& m : plan.migrations) {
    outcome.migrations.push_back(executor.run(m, progress_of(state, m)));
    outcome.statements += outcome.migrations.back().statements;
  }
  outcome.duration_ms = watch.milliseconds();
  return outcome;
}

}  // namespace

Outcome migrate(journal::Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                const UpRequest& request, Observer& observer) {
  const auto target = target_of(database, known);
  auto state = database.read();
  check_direction(state, Direction::up);
  // What cannot be planned is told before anything is made or locked; and nothing to do needs neither.
  if (plan_up(catalog, state, target, request).migrations.empty()) return {};
  const auto lock = database.lock(observer);
  database.journal().create();
  database.journal().identify();
  state = database.read();
  check_direction(state, Direction::up);
  stamp(database, state);
  const auto plan = plan_up(catalog, state, target, request);
  auto outcome = execute(database, plan, state, observer);
  remember_builds(database, catalog, state);
  return outcome;
}

Outcome rollback(journal::Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                 const DownRequest& request, Observer& observer) {
  const auto target = target_of(database, known);
  auto state = database.read();
  check_direction(state, Direction::down);
  if (plan_down(catalog, state, target, request).migrations.empty()) return {};
  const auto lock = database.lock(observer);
  state = database.read();
  check_direction(state, Direction::down);
  return execute(database, plan_down(catalog, state, target, request), state, observer);
}

}  // namespace dbctl::migrate
