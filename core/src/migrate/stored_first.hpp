#pragma once
#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// What a rollback begins with where migrations are applied that the catalog does not have.
struct StoredFirst {
  std::vector<PlannedMigration> migrations;  ///< as they are stored, newest first
  journal::State state;                      ///< without them
  DownRequest request;                       ///< what is still to be done
  bool more = false;                         ///< whether there is any
};

/// The model of an unknown migration is not known, so only the newest of what is applied can be: everything newer goes
/// before, and nothing known goes before an unknown one. Throws Error (journal_missing) otherwise.
StoredFirst stored_first(const catalog::Catalog& catalog, const journal::State& state, const DownRequest& request,
                         const std::vector<journal::Reverse>& stored);

}  // namespace dbctl::migrate
