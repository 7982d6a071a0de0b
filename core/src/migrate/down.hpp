#pragma once
#include "migrate/applied.hpp"

namespace dbctl::migrate {

/// What undoes the migration: as written, or derived from the model before it. Throws Error (schema_irreversible).
std::vector<schema::Operation> down_of(const catalog::Migration& migration, const catalog::Body& body,
                                       const schema::Schema& before, const Target& target);

/// The same as planned statements; `schema` is the model to start from, and is that after it then.
PlannedMigration planned_down(const Known& known, const schema::Schema& before, schema::Schema& schema,
                              const Target& target);

/// Plans how what is being applied will be rolled back, for the ledger to keep: next to the run, one migration after
/// the other, so that planning a run costs nothing more.
class Reversal {
 public:
  /// `before`: the model before the first of them.
  Reversal(const catalog::Catalog& catalog, Target target, schema::Schema before);

  /// The text for dbctl_reverses of the next one. Where it has no rollback on this database the text says why: it is
  /// applied all the same.
  std::string of(const PlannedMigration& applied);

 private:
  const catalog::Catalog& catalog_;
  Target target_;
  schema::Schema schema_;
};

/// The same of a migration that was marked as applied.
std::string reverse_of(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                       const catalog::Migration& migration);

}  // namespace dbctl::migrate
