#pragma once
#include <string_view>

/// The words of SQL, of the standard and of the databases that dbctl knows, in one place. Case does not count.
namespace dbctl::schema::words {

/// Some database takes it for no column's name unless it is quoted.
bool is_reserved(std::string_view word);

/// It may stand bare in an expression without being a column: reserved words, types, units of time, operators.
bool is_known(std::string_view word);

}  // namespace dbctl::schema::words
