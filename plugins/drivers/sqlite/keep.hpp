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

  /// Remembers the definitions, and sets aside the views and triggers that do not work as it is. Throws Error
  /// (statement_expectation) for a table that has properties which the model does not know and the rebuilt one would
  /// lack.
  void keep(const std::string& table);
  /// Makes again what is missing, and checks that every view and trigger of the database that worked before still does.
  /// Throws Error (statement_expectation) naming the one that does not.
  void restore(const std::string& table);
  void forget() noexcept;
  /// Whether the table was remade since `forget`.
  bool remade(const std::string& table) const;

 private:
  struct Object {
    std::string table, kind, name, sql;
  };

  bool exists(const Object& object);
  void make(const Object& object);
  void set_aside_what_is_broken();
  /// What SQLite says of the first view or trigger that does not work; empty: all do.
  std::string complaint();
  void check_views_and_triggers(const std::string& table);

  driver::Connection& connection_;
  std::vector<Object> kept_, broken_;
  std::vector<std::string> remade_;
};

}  // namespace dbctl::sqlite
