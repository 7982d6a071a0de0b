// What is there, read from the catalogue: four questions, however many tables there are. What the model has no words
// for (NOT VALID, DEFERRABLE, an operator class …) stands in the server's beside the columns or the condition: it
// equals nothing that a migration declares, so that the difference is seen.
#include <algorithm>

#include "columns.hpp"
#include "connection.hpp"
#include "dialect.hpp"
#include "expression.hpp"

namespace dbctl::postgresql {
namespace {

using schema::Action;
using schema::Table;
using schema::TypeKind;

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

const std::vector<std::string>& list(const Value& value) {
  return std::get<TextArray>(value).items;
}

Action action_of(const std::string& letter) {
  if (letter == "c") return Action::cascade;
  if (letter == "r") return Action::restricted;
  if (letter == "n") return Action::set_null;
  if (letter == "d") return Action::set_default;
  return Action::no_action;
}

void describe_tables(driver::Connection& connection, const TextArray& tables, schema::Schema& schema) {
  const auto sql = "SELECT c.relname::text, obj_description(c.oid, 'pg_class')" + from_tables("");
  for (const auto& row : connection.query({sql, {tables}}).rows) {
    auto& table = schema.tables[text_of(row[0])];
    table.name = text_of(row[0]);
    table.comment = text_of(row[1]);
  }
}

/// A check that stands in for a type becomes part of its column's type again.
bool restore_type(Table& table, const std::string& name, const std::string& expression,
                  const std::vector<std::string>& columns) {
  if (columns.size() != 1) return false;
  auto* column = table.find_column(columns.front());
  if (column == nullptr) return false;
  if (column->type.kind == TypeKind::text && name.starts_with("en_")) {
    auto values = enumeration_values(expression, column->name);
    if (!values) return false;
    column->type = {.kind = TypeKind::enumeration, .values = std::move(*values)};
    return true;
  }
  if (column->type.kind != TypeKind::binary) return false;
  const auto canonical = canonical_expression(expression);
  std::uint32_t size = 0;
  for (const char c : canonical.substr(canonical.find_last_of(' ') + 1))
    size = c >= '0' && c <= '9' ? size * 10 + static_cast<std::uint32_t>(c - '0') : 0;
  const auto implied = size_check(table.name, column->name, size);
  if (size == 0 || implied.name != name || canonical_expression(implied.expression) != canonical) return false;
  column->type.size = size;
  return true;
}

void add_constraint(Table& table, const Row& row) {
  const auto name = text_of(row[1]), kind = text_of(row[2]);
  auto columns = list(row[3]);
  auto parents = list(row[5]);
  const auto& beyond = list(row[9]);
  std::string words;
  for (const auto& word : beyond) words += ' ' + word;
  if (kind == "x") table.checks.push_back({.name = name, .expression = text_of(row[10])});
  if (kind == "c" && (!beyond.empty() || !restore_type(table, name, text_of(row[8]), columns)))
    table.checks.push_back({.name = name, .expression = canonical_expression(text_of(row[8])) + words});
  (kind == "f" ? parents : columns).insert((kind == "f" ? parents : columns).end(), beyond.begin(), beyond.end());
  if (kind == "p") table.primary_key = columns;
  if (kind == "u") table.uniques.push_back({.name = name, .columns = columns});
  if (kind == "f")
    table.foreign_keys.push_back({.name = name,
                                  .columns = columns,
                                  .references = text_of(row[4]),
                                  .references_columns = parents,
                                  .on_delete = action_of(text_of(row[6])),
                                  .on_update = action_of(text_of(row[7]))});
}

/// What a constraint has beyond its columns: NOT VALID, DEFERRABLE, NULLS NOT DISTINCT, INCLUDE (…), MATCH FULL.
constexpr const char* beyond_columns =
    "array_remove(ARRAY[CASE WHEN NOT k.convalidated THEN 'NOT VALID' END, "
    "CASE WHEN k.condeferred THEN 'DEFERRABLE INITIALLY DEFERRED' WHEN k.condeferrable THEN 'DEFERRABLE' END, "
    "CASE WHEN k.contype = 'c' AND k.connoinherit THEN 'NO INHERIT' END, "
    "CASE WHEN k.confmatchtype = 'f' THEN 'MATCH FULL' END, "
    // the catalogue has it from version 15 on
    "CASE WHEN k.contype = 'u' AND to_jsonb(y) ->> 'indnullsnotdistinct' = 'true' THEN 'NULLS NOT DISTINCT' END, "
    "CASE WHEN k.contype IN ('p', 'u') AND y.indnatts > y.indnkeyatts THEN 'INCLUDE (' || "
    "(SELECT string_agg(a.attname, ', ' ORDER BY n) FROM generate_series(y.indnkeyatts, y.indnatts - 1) AS n "
    "JOIN pg_attribute AS a ON a.attrelid = y.indrelid AND a.attnum = y.indkey[n]) || ')' END], NULL)";

void describe_constraints(driver::Connection& connection, const TextArray& tables, schema::Schema& schema) {
  const auto columns = [](const std::string& keys, const std::string& table) {
    return "ARRAY(SELECT a.attname::text FROM unnest(k." + keys + ") WITH ORDINALITY AS u (number, place) " +
           "JOIN pg_attribute AS a ON a.attrelid = k." + table + " AND a.attnum = u.number ORDER BY u.place)";
  };
  const auto sql = "SELECT c.relname::text, k.conname::text, k.contype::text, " + columns("conkey", "conrelid") +
                   ", (SELECT CASE WHEN f.relnamespace = c.relnamespace THEN '' ELSE n.nspname || '.' END || f.relname "
                   "FROM pg_class AS f JOIN pg_namespace AS n ON n.oid = f.relnamespace WHERE f.oid = k.confrelid), " +
                   columns("confkey", "confrelid") +
                   ", k.confdeltype::text, k.confupdtype::text, pg_get_expr(k.conbin, k.conrelid), " + beyond_columns +
                   ", CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END" +
                   from_tables(
                       "JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f', 'c', 'x') "
                       "LEFT JOIN pg_index AS y ON y.indexrelid = k.conindid AND y.indrelid = c.oid") +
                   " ORDER BY c.relname, k.conname COLLATE \"C\"";
  for (const auto& row : connection.query({sql, {tables}}).rows)
    if (auto* table = schema.find(text_of(row[0]))) add_constraint(*table, row);
}

schema::Index read_index(const Row& row) {
  schema::Index index{.name = text_of(row[1]), .unique = std::get<bool>(row[2])};
  const auto method = text_of(row[3]);
  index.where = canonical_expression(text_of(row[4]));
  const auto &names = list(row[5]), &definitions = list(row[6]), &descending = list(row[7]);
  if (method == "gin" && names.size() == 1 && names.front().empty()) {
    for (const auto& column : fulltext_columns(definitions.front())) index.parts.push_back({.column = column});
    index.fulltext = !index.parts.empty();
    if (index.fulltext) return index;
  }
  if (method != "btree") index.method = method;
  const auto& beyond = list(row[8]);
  for (std::size_t i = 0; i < names.size(); ++i) {
    schema::IndexPart part{.column = names[i],
                           .expression = names[i].empty() ? canonical_expression(definitions[i]) : "",
                           .descending = descending[i] == "1"};
    if (!beyond[i].empty())
      part = {.expression = part.column + part.expression + beyond[i], .descending = part.descending};
    index.parts.push_back(std::move(part));
  }
  for (auto i = names.size(); i < beyond.size(); ++i) index.parts.push_back({.expression = beyond[i]});
  return index;
}

/// What the n-th part of an index has beyond column and direction: collation, operator class, order of NULLs.
constexpr const char* beyond_part =
    "concat((SELECT ' COLLATE ' || o.collname FROM pg_collation AS o JOIN pg_attribute AS a ON a.attrelid = x.indrelid "
    "AND a.attnum = x.indkey[n - 1] WHERE o.oid = x.indcollation[n - 1] AND o.oid <> a.attcollation), "
    "(SELECT ' ' || o.opcname FROM pg_opclass AS o WHERE o.oid = x.indclass[n - 1] AND NOT o.opcdefault), "
    "CASE x.indoption[n - 1] & 3 WHEN 1 THEN ' NULLS LAST' WHEN 2 THEN ' NULLS FIRST' END)";
constexpr const char* beyond_index =
    "array_remove(ARRAY[CASE WHEN to_jsonb(x) ->> 'indnullsnotdistinct' = 'true' THEN 'NULLS NOT DISTINCT' END, "
    "CASE WHEN x.indnatts > x.indnkeyatts THEN 'INCLUDE (' || "
    "(SELECT string_agg(a.attname, ', ' ORDER BY n) FROM generate_series(x.indnkeyatts, x.indnatts - 1) AS n "
    "JOIN pg_attribute AS a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[n]) || ')' END], NULL)";

/// The indexes of constraints are part of these; an invalid one, which a failed CREATE INDEX CONCURRENTLY leaves, is
/// none.
void describe_indexes(driver::Connection& connection, const TextArray& tables, schema::Schema& schema) {
  const auto each_part = [](const std::string& what) {
    return "ARRAY(SELECT " + what + " FROM generate_series(1, x.indnkeyatts) AS n ORDER BY n)";
  };
  const auto sql =
      "SELECT c.relname::text, i.relname::text, x.indisunique, m.amname::text, pg_get_expr(x.indpred, x.indrelid), " +
      each_part(
          "coalesce((SELECT a.attname::text FROM pg_attribute AS a "
          "WHERE a.attrelid = x.indrelid AND a.attnum = x.indkey[n - 1]), '')") +
      ", " + each_part("pg_get_indexdef(x.indexrelid, n, false)") + ", " + each_part("(x.indoption[n - 1] & 1)::text") +
      ", " + each_part(beyond_part) + " || " + beyond_index +
      from_tables(
          "JOIN pg_index AS x ON x.indrelid = c.oid AND x.indisvalid "
          "JOIN pg_class AS i ON i.oid = x.indexrelid JOIN pg_am AS m ON m.oid = i.relam") +
      " AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k "
      "WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')) ORDER BY c.relname, i.relname COLLATE \"C\"";
  for (const auto& row : connection.query({sql, {tables}}).rows)
    if (auto* table = schema.find(text_of(row[0]))) table->indexes.push_back(read_index(row));
}

}  // namespace

schema::Schema describe_schema(driver::Connection& connection, const driver::Scope& scope) {
  const TextArray tables{scope.tables};
  schema::Schema schema;
  describe_tables(connection, tables, schema);
  describe_columns(connection, tables, schema);
  describe_constraints(connection, tables, schema);
  describe_indexes(connection, tables, schema);
  return schema;
}

}  // namespace dbctl::postgresql
