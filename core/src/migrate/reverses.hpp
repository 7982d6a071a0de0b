#pragma once
#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// What undoes the raw SQL that ran, newest migration first: statements alone, for the tables are dropped. A migration
/// that is half applied or half rolled back has what its journal row says. Raw SQL without a way back has nothing.
/// Throws Error: journal_missing, journal_interrupted when a half applied migration's down is written by hand,
/// journal_ambiguous when nobody knows whether raw SQL ran.
std::vector<PlannedMigration> reverses(const catalog::Catalog& catalog, const journal::State& state,
                                       const Target& target);

}  // namespace dbctl::migrate
