#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/base/error.hpp"
#include "dbctl/base/secret.hpp"
#include "dbctl/value/statement.hpp"

/// Every exception of the client library ends here.
namespace dbctl::postgresql {

/// What an error says about where it happened.
struct Place {
  std::string target;  ///< "127.0.0.1:5432/shop as dbctl"
  std::string user;
  std::string database;
};

/// Only inside a catch block: rethrows the exception of a failed connection attempt as an Error with a connection code.
[[noreturn]] void rethrow_connection(const Place& place, const Secret& password);

/// Only inside a catch block: rethrows the exception of a failed statement as a StatementError, or as an Error
/// (connection_lost). `notices` is what the server said meanwhile, a line each.
[[noreturn]] void rethrow_statement(const Place& place, const Statement& statement, const std::string& notices);

/// The session is gone.
Error lost(const Place& place, const std::string& why);

/// The code for an SQLSTATE.
const Code& code_of(std::string_view sqlstate);

/// The byte in `sql` that the `LINE n:` excerpt and its caret in `message` point at.
std::optional<std::size_t> position_in(std::string_view sql, std::string_view message);

}  // namespace dbctl::postgresql
