#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/types.hpp"

/// The types of --fields: the migrations' own words and what other tools call them.
namespace dbctl::scaffold {

/// Throws std::invalid_argument saying what is wrong with the arguments; nullopt: there is no such type.
std::optional<schema::Type> parse_type(std::string_view word, const std::vector<std::string>& arguments);

/// Every word that parse_type knows.
std::vector<std::string> type_words();

/// "decimal<12, 2>", "string", "enumeration<\"a\", \"b\">": the builder, and what stands behind the name: ", 120".
struct Builder {
  std::string name, arguments;
};
Builder builder_of(const schema::Type& type);

/// A model's member: "std::string", "dbctl::Decimal".
std::string cpp_type(const schema::Type& type);
/// The standard header that cpp_type needs; empty: none.
std::string header_of(const schema::Type& type);

}  // namespace dbctl::scaffold
