#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/operation.hpp"

/// The words of canonical text, one function for each kind of line. Texts are quoted and escaped, so a line never
/// breaks; nothing here depends on the locale or on the order of a map.
namespace dbctl::schema::canon {

std::string quoted(std::string_view text);
std::string list(const std::vector<std::string>& names);  ///< ("a", "b")
std::string value(const Value& value);                    ///< null, whole 5, text "x", decimal 9.90
std::string row(const Row& row);
std::string_view action(Action action);  ///< set_null
std::string column(const Column& column);
std::string unique(const Unique& unique);
std::string foreign_key(const ForeignKey& key);
std::string check(const Check& check);
std::string index(const Index& index);

}  // namespace dbctl::schema::canon
