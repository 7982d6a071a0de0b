#pragma once
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"

namespace dbctl::sqlite {

/// Indexes and triggers that a table rebuild would lose because no migration declares them. The dialect's script calls
/// `SELECT dbctl_keep('t')` before it drops the table and `SELECT dbctl_restore('t')` after the new one has its name;
/// the connection answers with these two functions.
class Keeper {
 public:
  explicit Keeper(driver::Connection& connection) : connection_(connection) {}

  /// Remembers the definitions. Throws Error (statement_expectation) for a table that has properties which the model
  /// does not know and the rebuilt one would lack.
  void keep(const std::string& table);
  /// Makes again what is missing, and checks that every view and trigger of the database still works. Throws Error
  /// (statement_expectation) naming the one that does not.
  void restore(const std::string& table);
  void forget() noexcept { kept_.clear(); }

 private:
  struct Object {
    std::string table, kind, name, sql;
  };

  bool exists(const Object& object);
  void make(const Object& object);
  void check_views_and_triggers(const std::string& table);

  driver::Connection& connection_;
  std::vector<Object> kept_;
};

}  // namespace dbctl::sqlite
