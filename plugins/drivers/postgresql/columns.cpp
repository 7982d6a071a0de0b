#include "columns.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "expression.hpp"

namespace dbctl::postgresql {
namespace {

using schema::Column;
using schema::Type;
using schema::TypeKind;

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

/// `numeric(12,2)` -> 12, 2; absent numbers are 0.
std::pair<std::uint32_t, std::uint32_t> modifiers(std::string_view name) {
  std::pair<std::uint32_t, std::uint32_t> numbers{0, 0};
  const auto open = name.find('(');
  if (open == std::string_view::npos) return numbers;
  const auto* end = name.data() + name.size();
  const auto first = std::from_chars(name.data() + open + 1, end, numbers.first);
  if (first.ptr != end && *first.ptr == ',') std::from_chars(first.ptr + 1, end, numbers.second);
  return numbers;
}

Column read_column(const Row& row) {
  Column column{.name = text_of(row[1]), .type = type_named(text_of(row[2])), .nullable = !std::get<bool>(row[3])};
  if (const auto* labels = std::get_if<TextArray>(&row[9]))
    column.type = {.kind = TypeKind::enumeration, .values = labels->items};
  column.comment = text_of(row[7]);
  column.collation = text_of(row[8]);
  const auto identity = text_of(row[4]);
  column.auto_increment = !identity.empty();
  if (identity == "a") column.type.values.emplace_back("GENERATED ALWAYS AS IDENTITY");  // dbctl's are BY DEFAULT
  const auto expression = text_of(row[6]);
  if (const auto how = text_of(row[5]); !how.empty()) {
    column.generated = {.expression = canonical_expression(expression), .stored = how == "s"};
  } else if (expression.starts_with("nextval(") && std::get<bool>(row[10])) {
    column.auto_increment = true;  // a serial column: the sequence is its own
  } else if (!expression.empty()) {
    column.default_value = read_default(expression, column.type);
  }
  return column;
}

}  // namespace

std::string from_tables(const std::string& joins) {
  return fmt::format(
      " FROM pg_class AS c {} WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) "
      "AND c.relkind IN ('r', 'p') AND ($1::text[] = '{{}}' OR c.relname = ANY ($1::text[])) "
      "AND NOT EXISTS (SELECT 1 FROM pg_depend AS e "
      "WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')",
      joins);
}

Type type_named(const std::string& name) {
  static const std::map<std::string_view, TypeKind> plain{{"boolean", TypeKind::boolean},
                                                          {"smallint", TypeKind::smallint},
                                                          {"integer", TypeKind::integer},
                                                          {"bigint", TypeKind::bigint},
                                                          {"real", TypeKind::real},
                                                          {"double precision", TypeKind::double_},
                                                          {"text", TypeKind::text},
                                                          {"character varying", TypeKind::text},
                                                          {"uuid", TypeKind::uuid},
                                                          {"bytea", TypeKind::binary},
                                                          {"date", TypeKind::date},
                                                          {"time without time zone", TypeKind::time},
                                                          {"time(6) without time zone", TypeKind::time},
                                                          {"timestamp with time zone", TypeKind::timestamp},
                                                          {"timestamp(6) with time zone", TypeKind::timestamp},
                                                          {"jsonb", TypeKind::json},
                                                          {"text[]", TypeKind::text_array},
                                                          {"character varying[]", TypeKind::text_array}};
  if (const auto found = plain.find(name); found != plain.end()) return {.kind = found->second};
  const auto [size, scale] = modifiers(name);
  if (size > 0 && name.ends_with(')')) {
    if (name.starts_with("character varying(")) return {.kind = TypeKind::string, .size = size};
    if (name.starts_with("character(")) return {.kind = TypeKind::character, .size = size};
    if (name.starts_with("numeric(")) return {.kind = TypeKind::decimal, .size = size, .scale = scale};
  }
  return {.kind = TypeKind::text, .values = {name}};
}

void describe_columns(driver::Connection& connection, const TextArray& tables, schema::Schema& schema) {
  const auto sql =
      "SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, "
      "a.attidentity::text, a.attgenerated::text, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), "
      "(SELECT CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE n.nspname || '.' END || o.collname "
      "FROM pg_collation AS o JOIN pg_namespace AS n ON n.oid = o.collnamespace "
      "WHERE o.oid = a.attcollation AND a.attcollation <> t.typcollation), "
      "(SELECT array_agg(l.enumlabel::text ORDER BY l.enumsortorder) FROM pg_enum AS l WHERE l.enumtypid = "
      "a.atttypid), "
      "EXISTS (SELECT 1 FROM pg_depend AS u JOIN pg_depend AS o ON o.classid = 'pg_class'::regclass "
      "AND o.objid = u.refobjid AND o.deptype = 'a' AND o.refobjid = c.oid AND o.refobjsubid = a.attnum "
      "WHERE u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid AND u.refclassid = 'pg_class'::regclass)" +
      from_tables(
          "JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
          "JOIN pg_type AS t ON t.oid = a.atttypid "
          "LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum") +
      " ORDER BY c.relname, a.attnum";
  for (const auto& row : connection.query({sql, {tables}}).rows)
    if (auto* table = schema.find(text_of(row[0]))) table->columns.push_back(read_column(row));
}

}  // namespace dbctl::postgresql
