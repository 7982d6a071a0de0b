#pragma once
#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/model.hpp"

namespace dbctl::sql {

/// The table's column, or an Error (schema_invalid) that names it and its nearest neighbour.
inline const schema::Column& column_of(const schema::Table& table, const std::string& name) {
  if (const auto* column = table.find_column(name)) return *column;
  std::vector<std::string> known;
  for (const auto& column : table.columns) known.push_back(column.name);
  Details details{.summary = fmt::format("{} has no column {}", table.name, name)};
  if (auto hint = text::did_you_mean(name, known); !hint.empty()) details.next = {std::move(hint)};
  throw Error(codes::schema_invalid, std::move(details));
}

}  // namespace dbctl::sql
