#include "dbctl/schema/names.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "dbctl/base/digest.hpp"

namespace dbctl::schema::names {
namespace {

constexpr std::size_t longest = 63;
constexpr std::size_t hash_digits = 8;

std::string of_columns(std::string_view prefix, std::string_view table, const std::vector<std::string>& columns) {
  return fit(fmt::format("{}_{}_{}", prefix, table, fmt::join(columns, "_")));
}

}  // namespace

std::string index(std::string_view table, const std::vector<std::string>& columns) {
  return of_columns("idx", table, columns);
}
std::string unique(std::string_view table, const std::vector<std::string>& columns) {
  return of_columns("uq", table, columns);
}
std::string foreign_key(std::string_view table, const std::vector<std::string>& columns) {
  return of_columns("fk", table, columns);
}
std::string check(std::string_view table, std::string_view what) {
  return fit(fmt::format("ck_{}_{}", table, what));
}
std::string primary_key(std::string_view table) {
  return fit(fmt::format("pk_{}", table));
}
std::string enumeration(std::string_view table, std::string_view column) {
  return fit(fmt::format("en_{}_{}", table, column));
}

std::string fit(std::string name) {
  if (name.size() <= longest) return name;
  return fmt::format("{}_{}", utf8::prefix(name, longest - hash_digits - 1), sha256(name).substr(0, hash_digits));
}

}  // namespace dbctl::schema::names
