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
  void forget() { known_ = false; }

 private:
  struct Seen {
    std::string name;
    std::string digest;  ///< as in Evidence::others
    Words words;         ///< of its definition
  };

  void look_at(const driver::Objects& objects);
  void add(const driver::ObjectState& object);

  driver::Connection& connection_;
  bool known_ = false;
  std::map<std::string, Seen> all_;  ///< by key_of; everything, as it was when it was last looked at
  driver::Objects stale_;            ///< what the statement before may have changed
};

/// What became of the statement: takes away what it left half done and looks.
Judgement examine(driver::Connection& connection, const Evidence& evidence);

/// Under the lock: when the journal says that a statement was under way, finds out whether it took effect and writes
/// that down. Returns the state as it is then. Throws Error (journal_ambiguous) when nobody can tell, or when someone
/// else changed the database meanwhile.
journal::State settle(journal::Database& database, journal::State state);

}  // namespace dbctl::migrate
