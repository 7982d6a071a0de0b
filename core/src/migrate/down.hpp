#pragma once
#include "migrate/applied.hpp"

namespace dbctl::migrate {

/// What undoes the migration: as written, or derived from the model before it. Throws Error (schema_irreversible).
std::vector<schema::Operation> down_of(const catalog::Migration& migration, const catalog::Body& body,
                                       const schema::Schema& before, const Target& target);

/// The same as planned statements; `schema` is the model to start from, and is that after it then.
PlannedMigration planned_down(const Known& known, const schema::Schema& before, schema::Schema& schema,
                              const Target& target);

/// The text for dbctl_reverses. Where there is no rollback on this database it says why: the migration is applied all
/// the same.
std::string reverse_of(const Reversal& reversal, const PlannedMigration& up, const Target& target);

/// The same of a migration that was marked as applied.
std::string reverse_of(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                       const catalog::Migration& migration);

}  // namespace dbctl::migrate
