// The model as the servers give it back. Whatever differs from what was declared is said here and nowhere else: what
// describe reads is brought to the same form.
#include <algorithm>
#include <stdexcept>

#include "dbctl/schema/coerce.hpp"
#include "defaults.hpp"
#include "dialect.hpp"
#include "expression.hpp"

namespace dbctl::mysql {
namespace {

using schema::Default;
using schema::TypeKind;

/// Both servers keep a unique constraint and a unique index as one thing. The name tells which was meant: dbctl's own
/// begin with uq_ and idx_.
bool is_constraint_name(const std::string& name) {
  return name.starts_with("uq_");
}

bool is_plain(const schema::Index& index) {
  return std::ranges::all_of(index.parts, [](const auto& p) { return !p.column.empty() && !p.descending; });
}

Default stored_default(const Default& declared, const schema::Type& type) {
  if (declared.kind == Default::Kind::expression) return default_of_sql(declared.expression, type);
  if (declared.kind != Default::Kind::value) return declared;
  if (is_null(declared.value)) return {};
  const auto* array = std::get_if<TextArray>(&declared.value);
  try {
    return {.kind = Default::Kind::value,
            .value = schema::coerce(array == nullptr ? declared.value : Value(Json{to_json(*array)}), type)};
  } catch (const std::invalid_argument&) {
    return declared;  // the fold refuses it with the author's file and line
  }
}

}  // namespace

schema::Column MysqlDialect::storage(const schema::Column& column) const {
  auto stored = column;
  if (stored.type.kind == TypeKind::text_array) stored.type = {.kind = TypeKind::json};
  stored.default_value = stored_default(column.default_value, stored.type);
  stored.generated.expression =
      column.generated.expression.empty() ? "" : canonical_expression(column.generated.expression);
  if (mariadb_ && !stored.generated.expression.empty()) stored.nullable = true;
  if (stored.collation == default_collation()) stored.collation.clear();
  return stored;
}

schema::Table MysqlDialect::storage(const schema::Table& table) const {
  auto stored = AnsiDialect::storage(table);
  for (auto& check : stored.checks) check.expression = canonical_expression(check.expression);
  std::vector<schema::Unique> uniques;
  std::vector<schema::Index> indexes;
  for (const auto& unique : table.uniques) {
    if (is_constraint_name(unique.name)) {
      uniques.push_back(unique);
      continue;
    }
    schema::Index index{.name = unique.name, .parts = {}, .unique = true};
    for (const auto& column : unique.columns) index.parts.push_back({.column = column});
    indexes.push_back(std::move(index));
  }
  for (auto index : table.indexes) {
    for (auto& part : index.parts)
      if (!part.expression.empty()) part.expression = canonical_expression(part.expression);
    if (index.method == "btree" || index.method == "hash") index.method.clear();
    index.concurrently = false;
    if (index.unique && index.method.empty() && is_plain(index) && is_constraint_name(index.name)) {
      schema::Unique unique{.name = index.name, .columns = {}};
      for (const auto& part : index.parts) unique.columns.push_back(part.column);
      uniques.push_back(std::move(unique));
    } else {
      indexes.push_back(std::move(index));
    }
  }
  stored.uniques = std::move(uniques);
  stored.indexes = std::move(indexes);
  return stored;
}

}  // namespace dbctl::mysql
