#include "schema/describe.hpp"

#include <fmt/format.h>

namespace dbctl::schema::describe {

std::string columns(std::string_view table, const std::vector<std::string>& columns) {
  if (columns.size() == 1) return fmt::format("{}.{}", table, columns.front());
  return fmt::format("{}({})", table, fmt::join(columns, ", "));
}

std::vector<std::string> tables(const Schema& schema) {
  std::vector<std::string> out;
  for (const auto& [name, table] : schema.tables) out.push_back(name);
  return out;
}

}  // namespace dbctl::schema::describe
