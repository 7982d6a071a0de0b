#include "migrate/applied.hpp"

#include <algorithm>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/builder.hpp"

namespace dbctl::migrate {

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

void check_not_half_rolled_back(const journal::State& state) {
  if (!state.progress || state.progress->direction == Direction::up) return;
  const auto& p = *state.progress;
  throw Error(codes::journal_interrupted, {.summary = p.version + "_" + p.name + " is half rolled back",
                                           .why = std::to_string(p.done) + " of the rollback's statements are done",
                                           .next = {"finish it first: dbctl rollback"}});
}

bool is_known(const catalog::Catalog& catalog, const journal::Applied& row) {
  return std::ranges::any_of(catalog.migrations(),
                             [&](const auto& m) { return m.version == row.version && m.domain == row.domain; });
}

void missing(const journal::Applied& a) {
  throw Error(
      codes::journal_missing,
      {.summary = a.version + "_" + a.name + " of domain " + a.domain + " is applied in the database but missing here",
       .next = {"check out the version that has it, or load its domain",
                "if it will never come back: dbctl repair --mark-reverted " + a.version}});
}

void check_known(const catalog::Catalog& catalog, const journal::State& state) {
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const auto& m : catalog.migrations()) known.emplace(m.version, m.domain);
  for (const auto& a : state.applied)
    if (!known.contains({a.version, a.domain})) missing(a);
}

const Migration* interrupted(const catalog::Catalog& catalog, const journal::State& state) {
  if (!state.progress) return nullptr;
  const auto& p = *state.progress;
  for (const auto& m : catalog.migrations())
    if (m.version == p.version && m.domain == p.domain) return &m;
  throw Error(
      codes::journal_missing,
      {.summary = p.version + "_" + p.name + " of domain " + p.domain + " is half " +
                  (p.direction == Direction::up ? "applied" : "rolled back") + " in the database but missing here",
       .next = {"check out the version that has it, or load its domain",
                "if what it did was undone by hand: dbctl repair --mark-reverted " + p.version}});
}

std::vector<Known> applied_bodies(const catalog::Catalog& catalog, const journal::State& state, const Target& target) {
  check_known(catalog, state);
  std::vector<Known> out;
  for (const auto& m : catalog.migrations()) {
    if (!state.is_applied(m.domain, m.version)) continue;
    Known known{&m, m.body()};
    check_names(m, known.body, target);
    const auto row = std::find_if(state.applied.begin(), state.applied.end(),
                                  [&](const auto& a) { return a.version == m.version && a.domain == m.domain; });
    if (row->checksum != checksum(known.body))
      throw Error(codes::journal_edited,
                  {.summary = m.id() + " was edited after it was applied",
                   .where = m.file,
                   .why = "its operations no longer have the checksum that was recorded",
                   .next = {"put the file back as it was and write a new migration",
                            "if the edit changes nothing that matters: dbctl repair --accept-edit " + m.version}});
    out.push_back(std::move(known));
  }
  return out;
}

void fold_body(schema::Schema& schema, const Migration& m, const Body& body, const Target& target) {
  for (const auto& op : schema::select(body.up, target.names))
    located(m, op, [&] { schema = schema::apply(std::move(schema), op); });
}

void fold_applied(schema::Schema& schema, const Known& known, const catalog::Catalog& catalog,
                  const journal::State& state, const Target& target) {
  try {
    fold_body(schema, *known.migration, known.body, target);
  } catch (const Error& e) {
    if (e.code() != codes::schema_invalid) throw;
    const Migration* gap = nullptr;  // the last one before it that is not applied
    for (const auto& m : catalog.migrations()) {
      if (&m == known.migration) break;
      if (!state.is_applied(m.domain, m.version)) gap = &m;
    }
    if (gap == nullptr) throw;
    const auto& m = *known.migration;
    throw Error(
        codes::journal_out_of_order,
        {.summary = m.id() + " is applied, but " + gap->id() + ", which is older, is not",
         .why = e.details().summary,
         .next = {"if the database has what " + gap->id() + " does: dbctl repair --mark-applied " + gap->version,
                  "if it has not what " + m.id() + " does: dbctl repair --mark-reverted " + m.version}});
  }
}

}  // namespace dbctl::migrate
