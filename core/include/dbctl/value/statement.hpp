#pragma once
#include <string>
#include <utility>
#include <vector>

#include "dbctl/value/value.hpp"

namespace dbctl {

/// Where a statement came from: a migration's or a seeder's file. `line` and `column` count from 1, 0 is "not known".
struct Origin {
  std::string file = {};
  int line = 0;
  int column = 0;

  /// `file:12:3`, shortened by what is not known; empty without a file.
  DBCTL_API std::string text() const;
};

/// One SQL statement, without a final semicolon. `params` fill the dialect's placeholders in order.
struct Statement {
  std::string sql;
  Row params = {};
  Origin origin = {};
};

}  // namespace dbctl
