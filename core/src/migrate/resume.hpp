#pragma once
#include "dbctl/migrate/plan.hpp"

/// Whether what an interrupted run left can be gone on from.
namespace dbctl::migrate {

/// Throws Error (journal_edited) when a statement that ran is another one now.
void check_resumable(const PlannedMigration& migration, const journal::Progress& progress);

/// A backfill that was edited after some of its batches begins anew. Throws Error (journal_edited) where that would
/// change rows twice: when it computes from what it writes.
void check_restart(const PlannedMigration& migration, const schema::Backfill& backfill, const std::string& cursor);

}  // namespace dbctl::migrate
