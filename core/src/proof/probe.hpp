#pragma once
#include "dbctl/journal/database.hpp"
#include "dbctl/proof/subject.hpp"

namespace dbctl::proof {

struct Probed {
  std::size_t probes = 0;
  std::vector<Failure> failures = {};
  std::vector<std::string> stored = {};  ///< known ways of a database that are no mistake of a migration
  std::vector<std::string> notes = {};   ///< what was not tried, and why
};

/// Tries whether the database behaves as the model says. Every attempt is rolled back.
Probed probe(journal::Database& database, const schema::Schema& model);

}  // namespace dbctl::proof
