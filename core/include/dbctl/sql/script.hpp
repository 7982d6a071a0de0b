#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "dbctl/value/statement.hpp"

namespace dbctl::sql {

/// What must hold after a step, else its group is rolled back (statement_expectation with `message`).
struct Expect {
  enum class Kind : std::uint8_t {
    nothing,
    no_rows,   ///< a query that returns none
    remember,  ///< a query with one value, kept under `key` for the rest of the migration
    same       ///< a query with one value that equals the one kept under `key`
  };
  Kind kind = Kind::nothing;
  std::string key = {};
  std::string message = {};  ///< what it means when it does not hold
};

/// One statement of a rendered operation.
struct Step {
  Statement statement;
  /// Runs in no transaction of dbctl's: it commits by itself, or the database refuses it in a transaction block.
  bool alone = false;
  Expect expect = {};
  /// What an operator should know before it runs: locks taken, a table rewritten, data lost. Shown by the plan.
  std::vector<std::string> hazards = {};
};

/// An operation in one database's SQL.
struct Script {
  std::vector<Step> steps;
  /// Foreign keys must not be enforced while the group runs; the connection checks them all before it commits and
  /// restores enforcement on every path (see driver::Connection::begin).
  bool suspend_foreign_keys = false;
  /// The operation remakes these tables from the model: the executor first compares each with the database's own
  /// description and stops on a column that no migration declares.
  std::vector<std::string> rebuilds = {};
  /// Differences from what was asked that a person should know: "a DECIMAL of more than 15 digits is stored as text".
  std::vector<std::string> notes = {};
};

}  // namespace dbctl::sql
