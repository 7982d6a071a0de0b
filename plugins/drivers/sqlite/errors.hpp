#pragma once
#include <string>
#include <vector>

#include "dbctl/base/error.hpp"
#include "dbctl/value/statement.hpp"

struct sqlite3;

/// Where SQLite's result codes become dbctl's errors, and nowhere else.
namespace dbctl::sqlite {

/// Throws what the failure of a statement means. `code` is what the call returned; the extended code, the text and the
/// position are asked of `db`. `target` names the database for people.
[[noreturn]] void raise_statement(sqlite3* db, int code, const Statement& statement, const std::string& target);

/// Throws what a failure to open `path` means; looks at the file to tell why.
[[noreturn]] void raise_open(int code, int system_error, const std::string& message, const std::string& path);

/// One row that `PRAGMA foreign_key_check` found.
struct Violation {
  std::string table;
  std::string row;  ///< its rowid, or "a row"
  std::string parent;
};
/// Throws that `total` foreign keys were broken while they were not enforced; `first` are some of them, to show.
[[noreturn]] void raise_violations(const std::vector<Violation>& first, std::size_t total);

/// A failure of the file system that is not SQLite's: `what` could not be done because of `system_error` (errno).
[[noreturn]] void raise_file(const Code& code, const std::string& what, int system_error,
                             std::vector<std::string> next = {});

}  // namespace dbctl::sqlite
