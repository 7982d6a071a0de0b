#pragma once
#include "dbctl/migrate/plan.hpp"

/// A migration that was interrupted on its way up, and is to be rolled back from where it stands.
namespace dbctl::migrate {

/// What Progress::halted holds: how far the way up had come. Reading throws Error (journal_format).
std::string halted_text(const journal::Progress& up);
journal::Progress halted_progress(const journal::Progress& down);

/// The migration's progress on its way up, when it is half applied, or half rolled back from being that.
std::optional<journal::Progress> half_applied(const journal::State& state);

/// The inverses of the operations that are done, latest first. `schema` is the model without the migration, before and
/// after. Throws Error: journal_edited when what ran is not what the migration says now, schema_irreversible,
/// journal_interrupted when its down(...) is for the whole of it.
PlannedMigration planned_half_down(const catalog::Migration& m, const journal::Progress& up, schema::Schema& schema,
                                   const Target& target);

}  // namespace dbctl::migrate
