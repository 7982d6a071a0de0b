#pragma once
#include <vector>

#include "dbctl/migrate/plan.hpp"

/// What the journal says, compared with the catalog: where every plan begins.
namespace dbctl::migrate {

/// A migration that is applied, with its body: the fold's input.
struct Known {
  const catalog::Migration* migration;
  catalog::Body body;
};

/// Throws Error (catalog_unknown_driver) when an on(...) of the body names what is not known.
void check_names(const catalog::Migration& migration, const catalog::Body& body, const Target& target);

/// A rollback that was interrupted must be finished first, by its own command (journal_interrupted).
void check_not_half_rolled_back(const journal::State& state);

bool is_known(const catalog::Catalog& catalog, const journal::Applied& row);
/// Throws Error (journal_missing): the row is of a migration that the catalog does not have.
[[noreturn]] void missing(const journal::Applied& row);
/// Throws Error (journal_missing) when something is applied that the catalog does not have.
void check_known(const catalog::Catalog& catalog, const journal::State& state);

/// The migration that a run left half done, if any. Throws Error (journal_missing) when the catalog does not have it.
const catalog::Migration* interrupted(const catalog::Catalog& catalog, const journal::State& state);

/// Bodies of all applied migrations in catalog order, verified against the journal.
std::vector<Known> applied_bodies(const catalog::Catalog& catalog, const journal::State& state, const Target& target);

/// Applies the operations that run on this target.
void fold_body(schema::Schema& schema, const catalog::Migration& migration, const catalog::Body& body,
               const Target& target);
/// The same for one that is applied. Where it does not fit because one before it is not applied, the error says so
/// (journal_out_of_order): the file is not to blame.
void fold_applied(schema::Schema& schema, const Known& known, const catalog::Catalog& catalog,
                  const journal::State& state, const Target& target);

}  // namespace dbctl::migrate
