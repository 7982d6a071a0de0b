#pragma once
#include <memory>
#include <string>
#include <vector>

#include "dbctl/journal/database.hpp"
#include "dbctl/seed/seed.hpp"

namespace dbctl::testing {

/// A project's migrations and seeders on a database of their own, for test programs.
///
/// Which server: as dbctl itself finds it, by DB_DRIVER and its like, DATABASE_URL or DBCTL_ENV; the environment `test`
/// where none of them is set. Never the database that is named there: `<name>_test_<pid>` is created beside it and
/// dropped in the end; a database in memory is one anyway. For one thread.
class DBCTL_API Project {
 public:
  /// Made at the first call, with all migrations applied; dropped when the program ends. What goes wrong is a
  /// std::runtime_error with all that dbctl has to say.
  static Project& instance();

  /// Creates the database; no migration is applied. Throws Error: policy_protected for a protected environment, and
  /// what connecting and creating a database throw.
  Project();
  ~Project();
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;

  /// For reads: `dbctl::rows<Product>(project.database())`.
  journal::Database& database();
  void migrate();
  void rollback_all();
  /// How many migrations are not applied.
  std::size_t pending();
  /// These seeders with what they depend on; none named: all.
  seed::Outcome seed(std::vector<std::string> only = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dbctl::testing
