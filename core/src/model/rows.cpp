#include "dbctl/model/rows.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/journal/database.hpp"
#include "dbctl/schema/coerce.hpp"

namespace dbctl::model {
namespace {

schema::Table table_of(const Query& query) {
  schema::Table table{.name = std::string(query.table), .columns = {}, .primary_key = {}};
  for (const auto& column : query.columns)
    table.columns.push_back({.name = std::string(column.name),
                             .type = {.kind = column.type.kind, .size = column.type.digits, .scale = column.type.scale},
                             .nullable = column.type.nullable});
  return table;
}

Value typed(Value value, const schema::Table& table, const schema::Column& column) {
  const auto refuse = [&](std::string why) {
    return Error(codes::schema_invalid,
                 {.summary = fmt::format("{}.{} has a value that its model cannot hold", table.name, column.name),
                  .why = std::move(why),
                  .next = {fmt::format("dbctl make model … --table {} --force writes the model anew", table.name)}});
  };
  if (is_null(value) && !column.nullable) throw refuse("it is NULL, and the member is no std::optional");
  try {
    return schema::coerce(std::move(value), column.type);
  } catch (const std::invalid_argument& problem) {
    throw refuse(problem.what());
  }
}

}  // namespace

std::vector<Row> read(journal::Database& database, const Query& query) {
  const auto table = table_of(query);
  std::vector<std::string> names;
  for (const auto& column : table.columns) names.push_back(column.name);
  std::vector<Row> wanted;
  if (!query.equal.empty()) {
    wanted.emplace_back();
    for (std::size_t i = 0; i < query.equal.size(); ++i)
      wanted.back().push_back(schema::coerce(query.values[i], table.find_column(query.equal[i])->type));
  }
  auto found = database.connection().query(database.dialect().select(table, names, query.equal, wanted, query.order));
  for (auto& row : found.rows)
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = typed(std::move(row[i]), table, table.columns[i]);
  return std::move(found.rows);
}

}  // namespace dbctl::model
