#include <algorithm>

#include "connection.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/names.hpp"
#include "definitions.hpp"
#include "tokens.hpp"
#include "types.hpp"

namespace dbctl::sqlite {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return text::lower(a) == text::lower(b);
}

/// `WHERE … IN (?, ?)`, or nothing for all.
Statement limited(std::string sql, const std::string& column, const driver::Scope& scope, const std::string& order) {
  Statement statement{.sql = std::move(sql)};
  if (!scope.tables.empty()) {
    std::vector<std::string> marks(scope.tables.size(), "?");
    statement.sql += " AND " + column + " IN (" + text::join(marks, ", ") + ")";
    for (const auto& table : scope.tables) statement.params.emplace_back(table);
  }
  statement.sql += order;
  return statement;
}

/// Names that SQLite does not ask for and dbctl gives to all.
void name_constraints(schema::Table& table) {
  for (auto& unique : table.uniques)
    if (unique.name.empty()) unique.name = schema::names::unique(table.name, unique.columns);
  for (auto& key : table.foreign_keys)
    if (key.name.empty()) key.name = schema::names::foreign_key(table.name, key.columns);
}

/// A check that stands in for a type becomes that type; the others are the table's own.
void take_checks(schema::Table& table, const std::vector<schema::Check>& checks) {
  for (const auto& check : checks) {
    const bool may_be_implied = check.name.empty() || check.name.starts_with("en_");
    const auto implied = [&](schema::Column& column) {
      const auto type = implied_type(check.expression, column.name, column.type);
      if (type) column.type = *type;
      return type.has_value();
    };
    if (may_be_implied && std::ranges::any_of(table.columns, implied)) continue;
    table.checks.push_back({.name = check.name, .expression = unqualified(check.expression, table.name)});
  }
}

/// Row of table_xinfo: table, column, type, not null, default, position in the key, hidden.
schema::Column column_from(const Row& row, const TableDefinition& definition) {
  schema::Column column{.name = to_text(row[1]), .type = described_type(to_text(row[2]))};
  column.nullable = to_int(row[3]) == 0 && to_int(row[5]) == 0;
  for (const auto& defined : definition.columns) {
    if (!same_name(defined.name, column.name)) continue;
    column.auto_increment = defined.auto_increment;
    column.collation = text::upper(defined.collation);
    column.generated = defined.generated;
  }
  return column;
}

template <class Part>
void sort_by_name(std::vector<Part>& parts) {
  std::ranges::sort(parts, {}, &Part::name);
}

}  // namespace

// Three statements whatever the number of tables; what they do not tell stands in the definitions' text.
schema::Schema SqliteConnection::describe(const driver::Scope& scope) {
  schema::Schema schema;
  std::map<std::string, TableDefinition, std::less<>> definitions;
  each(limited("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
               "AND sql NOT LIKE 'CREATE VIRTUAL%'",
               "name", scope, ""),
       [&](const Row& row) {
         const auto name = to_text(row[0]);
         schema.tables[name].name = name;
         definitions[name] = table_definition(to_text(row[1]));
         return true;
       });
  std::map<std::string, std::map<std::int64_t, std::string>, std::less<>> keys;
  std::map<std::string, std::map<std::string, std::string>, std::less<>> defaults;
  each(
      limited("SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden FROM sqlite_master AS m JOIN "
              "pragma_table_xinfo(m.name) AS x WHERE m.type = 'table'",
              "m.name", scope, " ORDER BY m.name, x.cid"),
      [&](const Row& row) {
        auto* table = schema.find(to_text(row[0]));
        if (table == nullptr) return true;
        table->columns.push_back(column_from(row, definitions[table->name]));
        if (to_int(row[5]) > 0) keys[table->name][to_int(row[5])] = to_text(row[1]);
        if (!is_null(row[4])) defaults[table->name][to_text(row[1])] = to_text(row[4]);
        return true;
      });
  const auto names = schema.tables.names();
  for (const auto& name : names) {
    auto& table = *schema.find(name);
    auto& definition = definitions[name];
    for (const auto& [position, column] : keys[name]) table.primary_key.push_back(column);
    table.uniques = std::move(definition.uniques);
    table.foreign_keys = std::move(definition.foreign_keys);
    take_checks(table, definition.checks);
    // SQLite keeps no comments: there it is seen, and in nobody's way.
    table.comment = text::join(definition.others, "; ");
    name_constraints(table);
    for (auto& column : table.columns)
      if (const auto found = defaults[name].find(column.name); found != defaults[name].end())
        column.default_value = described_default(found->second, column.type);
  }
  each(limited("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL", "tbl_name", scope,
               ""),
       [&](const Row& row) {
         if (auto* table = schema.find(to_text(row[0]))) table->indexes.push_back(index_definition(to_text(row[1])));
         return true;
       });
  for (const auto& name : names) {
    auto& table = *schema.find(name);
    sort_by_name(table.uniques);
    sort_by_name(table.checks);
    sort_by_name(table.foreign_keys);
    sort_by_name(table.indexes);
    for (auto& key : table.foreign_keys)
      if (const auto* parent = std::as_const(schema).find(key.references);
          parent != nullptr && key.references_columns.empty())
        key.references_columns = parent->primary_key;
  }
  return schema;
}

std::vector<std::string> SqliteConnection::relations() {
  std::vector<std::string> names;
  each({.sql = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE "
               "'\\' ORDER BY name"},
       [&](const Row& row) {
         names.push_back(to_text(row[0]));
         return true;
       });
  return names;
}

}  // namespace dbctl::sqlite
