#pragma once
#include <string>

#include "dbctl/base/error.hpp"
#include "dbctl/value/statement.hpp"
#include "settings.hpp"

namespace sql {  // the client library's
class SQLException;
}

/// Where the client library's exceptions become dbctl's errors, and nowhere else.
namespace dbctl::mysql {

/// Throws what the failure of a statement means: Error (connection_lost), else StatementError. `product` is the
/// server's name for people.
[[noreturn]] void raise_statement(const ::sql::SQLException& failure, const Statement& statement,
                                  const std::string& product, const Settings& settings);

/// Throws what a failure to connect means. No text holds the password.
[[noreturn]] void raise_connect(const ::sql::SQLException& failure, const Settings& settings);

/// Throws that there is no connection, and why.
[[noreturn]] void raise_unreachable(const Settings& settings, const std::string& why);

/// Throws that the session is not encrypted although the settings ask for it.
[[noreturn]] void raise_not_encrypted(const Settings& settings);

/// Where in `sql` a syntax error is, from "… near 'TEXT' at line N"; empty when that is not one place.
std::optional<std::size_t> position_of(const std::string& message, const std::string& sql);

}  // namespace dbctl::mysql
