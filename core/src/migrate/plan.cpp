#include "dbctl/migrate/plan.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "migrate/applied.hpp"
#include "migrate/builder.hpp"
#include "migrate/down.hpp"
#include "migrate/half.hpp"
#include "migrate/stored_first.hpp"

namespace dbctl::migrate {
namespace {

using catalog::Body;
using catalog::Migration;

void check_order(const std::vector<const Migration*>& pending, const journal::State& state) {
  for (const auto* m : pending)
    for (const auto& a : state.applied)
      if (a.domain == m->domain && a.version > m->version)
        throw Error(
            codes::journal_out_of_order,
            {.summary = m->id() + " is pending but older than " + a.version + "_" + a.name + ", which is applied",
             .where = m->file,
             .next = {"give it a newer version: rename the file",
                      "or apply it all the same: dbctl migrate --out-of-order apply",
                      "or, if the database has what it does: dbctl repair --mark-applied " + m->version}});
}

std::vector<const Migration*> pending_of(const catalog::Catalog& catalog, const journal::State& state,
                                         const UpRequest& request) {
  // What was left half done goes first, whatever else is asked, because the journal remembers one only.
  const auto* first = interrupted(catalog, state);
  std::vector<const Migration*> pending;
  for (const auto& m : catalog.migrations())
    if (!state.is_applied(m.domain, m.version) && (request.domain.empty() || m.domain == request.domain) && &m != first)
      pending.push_back(&m);
  if (request.out_of_order == OutOfOrder::fail) check_order(pending, state);
  if (request.to) {
    const auto& last = catalog.find(*request.to);
    std::erase_if(pending, [&](const Migration* m) { return m->version > last.version; });
  }
  if (first != nullptr) pending.insert(pending.begin(), first);
  if (request.steps && pending.size() > *request.steps) pending.resize(*request.steps);
  return pending;
}

std::vector<const Known*> to_revert(const std::vector<Known>& applied, const catalog::Catalog& catalog,
                                    const journal::State& state, const DownRequest& request) {
  std::vector<const Known*> out;
  std::int64_t batch = 0;
  for (const auto& a : state.applied) batch = std::max(batch, a.batch);
  const auto* stays = request.to ? &catalog.find(*request.to) : nullptr;
  const auto* first = interrupted(catalog, state);
  for (const auto& k : applied)
    if (k.migration == first) out.push_back(&k);
  for (auto k = applied.rbegin(); k != applied.rend(); ++k) {
    if (k->migration == first || (!request.domain.empty() && k->migration->domain != request.domain)) continue;
    if (stays != nullptr && k->migration->version <= stays->version) break;
    if (request.batch) {
      const auto row = std::find_if(state.applied.begin(), state.applied.end(), [&](const auto& a) {
        return a.version == k->migration->version && a.domain == k->migration->domain;
      });
      if (row->batch != batch) continue;
    }
    if (!request.all && !request.batch && stays == nullptr && out.size() == request.steps) break;
    out.push_back(&*k);
  }
  return out;
}

/// What is left to select when one more, which is half applied, goes first whatever was asked.
DownRequest without_one(DownRequest request) {
  if (request.steps > 0) --request.steps;
  return request;
}

/// Applied, it could not be filled in any more.
void refuse_begun(const Migration& m, const Body& body) {
  if (!body.up.empty() || body.down) return;
  throw Error(codes::schema_invalid, {.summary = m.id() + " was begun and does nothing yet",
                                      .where = m.file,
                                      .next = {"write its operations between the braces, or delete the file",
                                               "down() alone in it says that it is meant to do nothing"}});
}

void add_up(Plan& plan, const Migration& m, const Target& target) {
  const auto body = m.body();
  check_names(m, body, target);
  refuse_begun(m, body);
  const auto before = plan.after;
  Builder builder(m, Direction::up, target, plan.after);
  for (const auto& op : schema::select(body.up, target.names)) located(m, op, [&] { builder.add(op); });
  // What has no way back is told before it is gone through.
  plan.reversals.push_back({&m, down_of(m, body, before, target), plan.after});
  plan.migrations.push_back(std::move(builder).finish(checksum(body)));
}

}  // namespace

std::int64_t PlannedMigration::statements() const {
  std::int64_t n = 0;
  for (const auto& g : groups) n += static_cast<std::int64_t>(g.statements.size());
  return n;
}

std::string checksum(const Body& body) {
  std::string text = schema::canonical(body.up);
  if (body.down) text += "down\n" + schema::canonical(*body.down);
  return sha256(text);
}

Plan plan_up(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
             const UpRequest& request) {
  check_not_half_rolled_back(state);
  Plan plan;
  const auto applied = applied_bodies(catalog, state, target);
  const auto pending = pending_of(catalog, state, request);
  for (const auto& k : applied) fold_applied(plan.before, k, catalog, state, target);
  plan.after = plan.before;
  for (const auto* m : pending) add_up(plan, *m, target);
  return plan;
}

namespace {

Plan plan_known_down(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                     const DownRequest& request) {
  const auto applied = applied_bodies(catalog, state, target);
  const auto half = half_applied(state);
  const auto selected = to_revert(applied, catalog, state, half ? without_one(request) : request);
  Plan plan;
  std::vector<std::pair<const Known*, schema::Schema>> before;  // of those selected
  for (const auto& k : applied) {
    if (std::find(selected.begin(), selected.end(), &k) != selected.end()) before.emplace_back(&k, plan.before);
    fold_applied(plan.before, k, catalog, state, target);
  }
  plan.after = plan.before;
  if (half) plan.migrations.push_back(planned_half_down(*interrupted(catalog, state), *half, plan.after, target));
  for (const auto* k : selected) {
    const auto it = std::find_if(before.begin(), before.end(), [&](const auto& b) { return b.first == k; });
    plan.migrations.push_back(planned_down(*k, it->second, plan.after, target));
  }
  return plan;
}

}  // namespace

Plan plan_down(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
               const DownRequest& request, const std::vector<journal::Reverse>& stored) {
  // What is half applied goes first, and only the catalog knows how.
  if (stored.empty() || half_applied(state)) return plan_known_down(catalog, state, target, request);
  auto first = stored_first(catalog, state, request, stored);
  Plan plan;
  if (first.more || first.migrations.empty()) plan = plan_known_down(catalog, first.state, target, first.request);
  plan.migrations.insert(plan.migrations.begin(), std::move_iterator(first.migrations.begin()),
                         std::move_iterator(first.migrations.end()));
  return plan;
}

schema::Schema fold(const catalog::Catalog& catalog, const Target& target) {
  schema::Schema schema;
  for (const auto& m : catalog.migrations()) {
    const auto body = m.body();
    check_names(m, body, target);
    fold_body(schema, m, body, target);
  }
  return schema;
}

schema::Schema fold(const catalog::Catalog& catalog, const journal::State& state, const Target& target) {
  schema::Schema schema;
  for (const auto& k : applied_bodies(catalog, state, target)) fold_applied(schema, k, catalog, state, target);
  return schema;
}

}  // namespace dbctl::migrate
