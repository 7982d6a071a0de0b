#include "conformance/fixture.hpp"

#include "dbctl/schema/coerce.hpp"
#include "dbctl/schema/fold.hpp"

namespace dbctl::conformance {

void Test::apply(const schema::Operation& operation) {
  run(db(), dialect().render(operation, model_));
  model_ = schema::apply(std::move(model_), operation);
}

std::vector<Row> Test::rows(std::string_view from, const std::vector<std::string>& columns,
                            const std::vector<std::string>& order) {
  return read(from, columns, dialect().select(table(from), columns, {}, {}, order));
}

std::vector<Row> Test::read(std::string_view from, const std::vector<std::string>& columns, const Statement& query) {
  auto found = db().query(query).rows;
  for (auto& row : found)
    for (std::size_t i = 0; i < row.size(); ++i)
      row[i] = schema::coerce(row[i], table(from).find_column(columns.at(i))->type);
  return found;
}

schema::Type type(schema::TypeKind kind, std::uint32_t size, std::uint32_t scale) {
  return {.kind = kind, .size = size, .scale = scale};
}
schema::Column column(std::string name, schema::Type type) {
  return {.name = std::move(name), .type = std::move(type)};
}
schema::Column nullable(schema::Column column) {
  column.nullable = true;
  return column;
}

}  // namespace dbctl::conformance
