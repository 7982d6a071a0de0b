#include "migrate/down.hpp"

#include <utility>

#include "migrate/builder.hpp"
#include "migrate/stored_plan.hpp"

namespace dbctl::migrate {
namespace {

using catalog::Body;
using catalog::Migration;

/// The stored text of a rollback that `plan` makes, or of why there is none.
template <class F>
std::string stored_or_refused(F&& plan) {
  try {
    return stored_text(plan());
  } catch (const Error& e) {
    return stored_refusal(e.details().summary);
  } catch (const std::exception& e) {
    return stored_refusal(e.what());  // a text that JSON cannot hold
  }
}

PlannedMigration planned(const Migration& m, const std::vector<schema::Operation>& down, std::string checksum,
                         schema::Schema& schema, const Target& target) {
  Builder builder(m, Direction::down, target, schema);
  for (const auto& op : down) located(m, op, [&] { builder.add(op); });
  return std::move(builder).finish(std::move(checksum));
}

}  // namespace

std::vector<schema::Operation> down_of(const Migration& m, const Body& body, const schema::Schema& before,
                                       const Target& target) {
  if (body.down) return schema::select(*body.down, target.names);
  const auto up = schema::select(body.up, target.names);
  try {
    return schema::inverse(up, before);
  } catch (Error& e) {
    e.set_where(m.file);
    throw;
  }
}

PlannedMigration planned_down(const Known& known, const schema::Schema& before, schema::Schema& schema,
                              const Target& target) {
  const auto& m = *known.migration;
  return planned(m, down_of(m, known.body, before, target), checksum(known.body), schema, target);
}

std::string reverse_of(const Reversal& reversal, const PlannedMigration& up, const Target& target) {
  return stored_or_refused([&] {
    auto schema = reversal.after;
    return planned(*reversal.migration, reversal.operations, up.checksum, schema, target);
  });
}

std::string reverse_of(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                       const Migration& migration) {
  return stored_or_refused([&] {
    const auto before = fold(catalog, state, target);
    const Known known{&migration, migration.body()};
    auto after = before;
    fold_body(after, migration, known.body, target);
    return planned_down(known, before, after, target);
  });
}

}  // namespace dbctl::migrate
