#pragma once
#include "dbctl/journal/database.hpp"
#include "migrate/evidence.hpp"

namespace dbctl::migrate {

/// What the objects of a statement that commits by itself were before it, kept while a migration runs.
class Witness {
 public:
  explicit Witness(driver::Connection& connection) : connection_(connection) {}

  /// Asks the database, and returns what is to be written down before the statement is sent.
  Evidence before(const std::string& statement, const Proof& proof);
  /// Statements ran whose objects nobody knows: all is asked anew.
  void forget() { all_.clear(); }

 private:
  driver::Connection& connection_;
  std::map<std::string, std::string> all_;  ///< as Evidence::others, of everything
  std::vector<std::string> last_;           ///< the objects of the statement before
};

/// What became of the statement: takes away what it left half done and looks.
Judgement examine(driver::Connection& connection, const Evidence& evidence);

/// Under the lock: when the journal says that a statement was under way, finds out whether it took effect and writes
/// that down. Returns the state as it is then. Throws Error (journal_ambiguous) when nobody can tell, or when someone
/// else changed the database meanwhile.
journal::State settle(journal::Database& database, journal::State state);

}  // namespace dbctl::migrate
