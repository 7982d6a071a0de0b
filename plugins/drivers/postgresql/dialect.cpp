#include "dialect.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "dbctl/schema/names.hpp"
#include "expression.hpp"
#include "lexical.hpp"
#include "values.hpp"

namespace dbctl::postgresql {

using schema::TypeKind;

namespace {

constexpr std::size_t most_parameters = 65535;

sql::DialectInfo dialect_info(sql::ServerInfo server) {
  return {.driver = "postgresql",
          .server = std::move(server),
          .transactional_ddl = true,
          .max_parameters = most_parameters,
          .indexes = {.descending = true,
                      .partial = true,
                      .expression = true,
                      .method = true,
                      .fulltext = true,
                      .concurrently = true}};
}

/// As it comes back: literals as values of the type, expressions in their canonical form.
schema::Default stored_default(const schema::Column& column) {
  const auto& given = column.default_value;
  switch (given.kind) {
    case schema::Default::Kind::none:
    case schema::Default::Kind::now:
      return given;
    case schema::Default::Kind::value:
      if (is_null(given.value)) return {};
      return {.kind = given.kind, .value = schema::coerce(given.value, column.type)};
    case schema::Default::Kind::expression:
      return read_default(given.expression, column.type);
  }
  return given;
}

template <class Named>
void by_name(std::vector<Named>& list) {
  std::ranges::sort(list, {}, &Named::name);
}

}  // namespace

PostgresqlDialect::PostgresqlDialect(sql::ServerInfo server) : AnsiDialect(dialect_info(std::move(server))) {}

const sql::LexicalRules& PostgresqlDialect::lexical() const {
  return lexical_rules();
}

std::span<const sql::ClassRule> PostgresqlDialect::classes() const {
  return statement_classes();
}

std::string PostgresqlDialect::placeholder(std::size_t n) const {
  return fmt::format("${}", n);
}

std::string PostgresqlDialect::literal(const Value& value) const {
  if (const auto* bytes = std::get_if<Bytes>(&value)) return fmt::format("'{}'::bytea", bytes_literal(bytes->data));
  if (const auto* json = std::get_if<Json>(&value)) return AnsiDialect::literal(json->text) + "::jsonb";
  // the zone is written out: whoever runs the plan's text by hand may live in another
  if (const auto* time = std::get_if<Timestamp>(&value)) return fmt::format("'{}+00'", time->text);
  const auto* array = std::get_if<TextArray>(&value);
  if (array == nullptr) return AnsiDialect::literal(value);
  if (array->items.empty()) return "'{}'::text[]";
  std::vector<std::string> items;
  for (const auto& item : array->items) items.push_back(AnsiDialect::literal(item));
  return fmt::format("ARRAY[{}]::text[]", text::join(items, ", "));
}

std::string PostgresqlDialect::type(const schema::Type& type) const {
  switch (type.kind) {
    case TypeKind::uuid:
      return "UUID";
    case TypeKind::binary:
      return "BYTEA";
    case TypeKind::timestamp:
      return "TIMESTAMPTZ(6)";
    case TypeKind::json:
      return "JSONB";
    case TypeKind::text_array:
      return "TEXT[]";
    case TypeKind::enumeration:
      return "TEXT";  // a new value needs no rewrite, only another check
    case TypeKind::boolean:
    case TypeKind::smallint:
    case TypeKind::integer:
    case TypeKind::bigint:
    case TypeKind::decimal:
    case TypeKind::real:
    case TypeKind::double_:
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
    case TypeKind::date:
    case TypeKind::time:
      break;
  }
  return AnsiDialect::type(type);
}

std::string PostgresqlDialect::now(const schema::Type& type) const {
  return type.kind == TypeKind::time ? "LOCALTIME" : AnsiDialect::now(type);
}

std::string PostgresqlDialect::generated(const schema::Column& column) const {
  const auto& server = info().server;
  if (!column.generated.expression.empty() && !column.generated.stored && server.version.major < 18)
    throw Unsupported({.summary = fmt::format("column {}: PostgreSQL {} has no virtual generated columns", column.name,
                                              server.version.major),
                       .why = "they came with version 18",
                       .next = {"let it be stored: .generated_as(…).stored()"}});
  return AnsiDialect::generated(column);
}

/// "pg_catalog.german" is a schema and a name.
std::string PostgresqlDialect::collation(const schema::Column& column) const {
  if (column.collation.empty()) return {};
  std::vector<std::string> parts;
  for (const auto& part : text::split(column.collation, '.')) parts.push_back(quote(part));
  return "COLLATE " + text::join(parts, ".");
}

schema::Check size_check(const std::string& table, const std::string& column, std::uint32_t size) {
  return {.name = schema::names::check(table, column + "_size"),
          .expression = fmt::format("octet_length(\"{}\") <= {}", text::replace_all(column, "\"", "\"\""), size)};
}

std::vector<schema::Check> PostgresqlDialect::implied_checks(const schema::Table& table,
                                                             const schema::Column& column) const {
  if (column.type.kind == TypeKind::binary && column.type.size > 0)
    return {size_check(table.name, column.name, column.type.size)};
  return AnsiDialect::implied_checks(table, column);
}

std::string PostgresqlDialect::index(const schema::Table& table, const schema::Index& index) const {
  if (!index.fulltext) return AnsiDialect::index(table, index);
  if (index.unique || !index.method.empty())
    throw Unsupported({.summary = fmt::format(
                           "index {}: a full text index is neither unique nor of a method of your choice", index.name),
                       .next = {"take .unique() or .using_method(…) out"}});
  std::vector<std::string> texts;
  for (const auto& part : index.parts) texts.push_back(part.expression.empty() ? quote(part.column) : part.expression);
  auto plain = index;
  plain.fulltext = false;
  plain.method = "gin";
  plain.parts = {{.expression = fulltext_expression(texts)}};
  return AnsiDialect::index(table, plain);
}

schema::Column PostgresqlDialect::storage(const schema::Column& column) const {
  auto stored = column;
  stored.default_value = stored_default(column);
  stored.generated.expression = canonical_expression(column.generated.expression);
  if (stored.generated.expression.empty()) stored.generated.stored = false;
  if (stored.collation.starts_with("pg_catalog.")) stored.collation.erase(0, 11);
  stored.nullable = column.nullable && !column.auto_increment;
  return stored;
}

schema::Table PostgresqlDialect::storage(const schema::Table& table) const {
  auto stored = AnsiDialect::storage(table);
  for (const auto& key : stored.primary_key)
    if (auto* column = stored.find_column(key)) column->nullable = false;
  for (auto& check : stored.checks) check.expression = canonical_expression(check.expression);
  for (auto& index : stored.indexes) {
    index.concurrently = false;
    index.where = canonical_expression(index.where);
    if (index.method == "btree") index.method.clear();
    for (auto& part : index.parts) part.expression = canonical_expression(part.expression);
  }
  by_name(stored.uniques);
  by_name(stored.checks);
  by_name(stored.foreign_keys);
  by_name(stored.indexes);
  return stored;
}

}  // namespace dbctl::postgresql
