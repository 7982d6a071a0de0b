#include "schema/describe.hpp"

#include <fmt/format.h>

namespace dbctl::schema::describe {

std::string columns(std::string_view table, const std::vector<std::string>& columns) {
  if (columns.size() == 1) return fmt::format("{}.{}", table, columns.front());
  return fmt::format("{}({})", table, fmt::join(columns, ", "));
}

}  // namespace dbctl::schema::describe
