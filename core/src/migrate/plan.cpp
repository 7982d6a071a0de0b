#include "dbctl/migrate/plan.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/builder.hpp"

namespace dbctl::migrate {
namespace {

using catalog::Body;
using catalog::Migration;

void check_names(const Migration& m, const Body& body, const Target& target) {
  if (target.known.empty()) return;
  auto named = schema::targets_named(body.up);
  if (body.down)
    for (auto& n : schema::targets_named(*body.down)) named.push_back(std::move(n));
  for (const auto& n : named)
    if (std::find(target.known.begin(), target.known.end(), n) == target.known.end())
      throw Error(codes::catalog_unknown_driver,
                  {.summary = "on(\"" + n + "\", …) names no driver or product that is known here",
                   .where = m.file,
                   .why = text::did_you_mean(n, target.known),
                   .next = {"correct the name, or install the driver: dbctl plugin list"}});
}

void apply_all(schema::Schema& schema, const Migration& m, const Body& body, const Target& target) {
  for (const auto& op : schema::select(body.up, target.names))
    located(m, op, [&] { schema = schema::apply(std::move(schema), op); });
}

Error edited(const Migration& m) {
  return Error(codes::journal_edited,
               {.summary = m.id() + " was edited after it was applied",
                .where = m.file,
                .why = "its operations no longer have the checksum that was recorded",
                .next = {"put the file back as it was and write a new migration",
                         "if the edit changes nothing that matters: dbctl repair --accept-edit " + m.version}});
}

/// A migration that is applied, with its body: the fold's input.
struct Known {
  const Migration* migration;
  Body body;
};

/// Bodies of all applied migrations in catalog order, verified against the journal.
std::vector<Known> applied_bodies(const catalog::Catalog& catalog, const journal::State& state, const Target& target) {
  std::vector<Known> out;
  std::size_t found = 0;
  for (const auto& m : catalog.migrations()) {
    if (!state.is_applied(m.domain, m.version)) continue;
    ++found;
    Known known{&m, m.body()};
    check_names(m, known.body, target);
    const auto row = std::find_if(state.applied.begin(), state.applied.end(),
                                  [&](const auto& a) { return a.version == m.version && a.domain == m.domain; });
    if (row->checksum != checksum(known.body)) throw edited(m);
    out.push_back(std::move(known));
  }
  if (found == state.applied.size()) return out;
  for (const auto& a : state.applied)
    if (std::none_of(out.begin(), out.end(), [&](const Known& k) {
          return k.migration->version == a.version && k.migration->domain == a.domain;
        }))
      throw Error(codes::journal_missing,
                  {.summary = a.version + "_" + a.name + " of domain " + a.domain +
                              " is applied in the database but missing here",
                   .next = {"check out the version that has it, or load its domain",
                            "if it will never come back: dbctl repair --mark-reverted " + a.version}});
  return out;
}

void check_order(const std::vector<const Migration*>& pending, const journal::State& state) {
  for (const auto* m : pending)
    for (const auto& a : state.applied)
      if (a.domain == m->domain && a.version > m->version)
        throw Error(
            codes::journal_out_of_order,
            {.summary = m->id() + " is pending but older than " + a.version + "_" + a.name + ", which is applied",
             .where = m->file,
             .next = {"give it a newer version: rename the file",
                      "or apply it all the same: dbctl migrate --out-of-order apply"}});
}

/// The migration that a run in this direction left half done, if any: it goes first, whatever else is asked, because
/// the journal remembers one only.
const Migration* interrupted(const catalog::Catalog& catalog, const journal::State& state, Direction direction) {
  const auto& p = state.progress;
  if (!p || p->direction != direction) return nullptr;
  for (const auto& m : catalog.migrations())
    if (m.version == p->version && m.domain == p->domain) return &m;
  throw Error(
      codes::journal_missing,
      {.summary = p->version + "_" + p->name + " of domain " + p->domain + " is half " +
                  (direction == Direction::up ? "applied" : "rolled back") + " in the database but missing here",
       .next = {"check out the version that has it, or load its domain",
                "if what it did was undone by hand: dbctl repair --mark-reverted " + p->version}});
}

std::vector<const Migration*> pending_of(const catalog::Catalog& catalog, const journal::State& state,
                                         const UpRequest& request) {
  const auto* first = interrupted(catalog, state, Direction::up);
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
  const auto* first = interrupted(catalog, state, Direction::down);
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

std::vector<schema::Operation> down_of(const Known& k, const schema::Schema& before, const Target& target) {
  if (k.body.down) return schema::select(*k.body.down, target.names);
  const auto up = schema::select(k.body.up, target.names);
  try {
    return schema::inverse(up, before);
  } catch (Error& e) {
    e.set_where(k.migration->file);
    throw;
  }
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
  Plan plan;
  for (const auto& k : applied_bodies(catalog, state, target)) apply_all(plan.before, *k.migration, k.body, target);
  plan.after = plan.before;
  for (const auto* m : pending_of(catalog, state, request)) {
    const auto body = m->body();
    check_names(*m, body, target);
    Builder builder(*m, Direction::up, target, plan.after);
    for (const auto& op : schema::select(body.up, target.names)) located(*m, op, [&] { builder.add(op); });
    plan.migrations.push_back(std::move(builder).finish(checksum(body)));
  }
  return plan;
}

Plan plan_down(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
               const DownRequest& request) {
  const auto applied = applied_bodies(catalog, state, target);
  const auto selected = to_revert(applied, catalog, state, request);
  Plan plan;
  std::vector<std::pair<const Known*, schema::Schema>> before;  // of those selected
  for (const auto& k : applied) {
    if (std::find(selected.begin(), selected.end(), &k) != selected.end()) before.emplace_back(&k, plan.before);
    apply_all(plan.before, *k.migration, k.body, target);
  }
  plan.after = plan.before;
  for (const auto* k : selected) {
    const auto it = std::find_if(before.begin(), before.end(), [&](const auto& b) { return b.first == k; });
    Builder builder(*k->migration, Direction::down, target, plan.after);
    for (const auto& op : down_of(*k, it->second, target)) located(*k->migration, op, [&] { builder.add(op); });
    plan.migrations.push_back(std::move(builder).finish(checksum(k->body)));
  }
  return plan;
}

schema::Schema fold(const catalog::Catalog& catalog, const Target& target) {
  schema::Schema schema;
  for (const auto& m : catalog.migrations()) {
    const auto body = m.body();
    check_names(m, body, target);
    apply_all(schema, m, body, target);
  }
  return schema;
}

schema::Schema fold(const catalog::Catalog& catalog, const journal::State& state, const Target& target) {
  schema::Schema schema;
  for (const auto& k : applied_bodies(catalog, state, target)) apply_all(schema, *k.migration, k.body, target);
  return schema;
}

}  // namespace dbctl::migrate
