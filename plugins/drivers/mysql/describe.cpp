// What is there, read from information_schema: one question for each kind of thing, however many tables there are.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "columns.hpp"
#include "connection.hpp"
#include "dbctl/base/text.hpp"
#include "expression.hpp"

namespace dbctl::mysql {
namespace {

using schema::Action;
using schema::Table;

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

Action action_of(const std::string& rule) {
  if (rule == "CASCADE") return Action::cascade;
  if (rule == "RESTRICT") return Action::restricted;
  if (rule == "SET NULL") return Action::set_null;
  if (rule == "SET DEFAULT") return Action::set_default;
  return Action::no_action;
}

/// The questions and what they fill. All are sorted so that what belongs together stands together.
class Description {
 public:
  Description(driver::Connection& connection, const driver::Scope& scope, const MysqlDialect& dialect)
      : connection_(connection), dialect_(dialect) {
    for (const auto& table : scope.tables) tables_.emplace_back(table);
  }

  schema::Schema read() {
    read_tables();
    read_checks();
    read_columns();
    read_foreign_keys();
    read_indexes();
    return std::move(schema_);
  }

 private:
  Rows ask(const std::string& select, const std::string& schema_column, const std::string& table_column,
           const std::string& order) {
    std::string condition = fmt::format(" WHERE {} = DATABASE()", schema_column);
    if (!tables_.empty()) {
      const std::vector<std::string> marks(tables_.size(), "?");
      condition += fmt::format(" AND {} IN ({})", table_column, text::join(marks, ", "));
    }
    return connection_.query({.sql = select + condition + " ORDER BY " + order, .params = tables_});
  }
  Table* table(const Value& name) { return schema_.find(text_of(name)); }
  bool mariadb() const { return dialect_.mariadb(); }

  std::string expression_text(const Value& value) const {
    return mariadb() ? text_of(value) : unescaped(text_of(value));
  }

  void read_tables();
  void read_checks();
  void read_columns();
  void read_foreign_keys();
  void read_indexes();
  schema::IndexPart part_of(const Row& row, bool spatial) const;
  void add_index(const std::string& table, schema::Index index);

  driver::Connection& connection_;
  const MysqlDialect& dialect_;
  Row tables_;
  schema::Schema schema_;
  std::set<std::pair<std::string, std::string>> json_columns_;
};

void Description::read_tables() {
  const auto rows = ask("SELECT TABLE_NAME, TABLE_COMMENT, TABLE_TYPE, ENGINE FROM information_schema.TABLES",
                        "TABLE_SCHEMA", "TABLE_NAME", "TABLE_NAME");
  for (const auto& row : rows.rows) {
    if (text_of(row[2]) != "BASE TABLE") continue;
    auto& table = schema_.tables[text_of(row[0])];
    table.name = text_of(row[0]);
    table.comment = text_of(row[1]);
    // what the model has no place for stands where it is seen to differ, here and below
    if (const auto engine = text_of(row[3]); engine != "InnoDB") table.comment += fmt::format(" [ENGINE={}]", engine);
  }
}

void Description::read_checks() {
  const auto rows = mariadb()
                        ? ask("SELECT TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, LEVEL, 'YES' FROM "
                              "information_schema.CHECK_CONSTRAINTS",
                              "CONSTRAINT_SCHEMA", "TABLE_NAME", "TABLE_NAME, CONSTRAINT_NAME")
                        : ask("SELECT t.TABLE_NAME, t.CONSTRAINT_NAME, c.CHECK_CLAUSE, 'Table', t.ENFORCED FROM "
                              "information_schema.TABLE_CONSTRAINTS t JOIN information_schema.CHECK_CONSTRAINTS c ON "
                              "c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME AND "
                              "t.CONSTRAINT_TYPE = 'CHECK'",
                              "t.TABLE_SCHEMA", "t.TABLE_NAME", "t.TABLE_NAME, t.CONSTRAINT_NAME");
  for (const auto& row : rows.rows) {
    auto* found = table(row[0]);
    if (found == nullptr) continue;
    const auto name = text_of(row[1]);
    auto clause = canonical_expression(expression_text(row[2]));
    // MariaDB's JSON is a text with a check of the server's own, which bears the column's name
    const auto own = canonical_expression(fmt::format("json_valid({})", dialect_.quote(name)));
    if (text_of(row[3]) == "Column" && clause == own) {
      json_columns_.emplace(found->name, name);
    } else {
      if (text_of(row[4]) == "NO") clause += " not enforced";
      found->checks.push_back({.name = name, .expression = std::move(clause)});
    }
  }
}

void Description::read_columns() {
  const auto rows =
      ask("SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, CHARACTER_SET_NAME, COLLATION_NAME, "
          "COLUMN_DEFAULT, IS_NULLABLE, EXTRA, GENERATION_EXPRESSION, COLUMN_COMMENT FROM "
          "information_schema.COLUMNS",
          "TABLE_SCHEMA", "TABLE_NAME", "TABLE_NAME, ORDINAL_POSITION");
  for (const auto& row : rows.rows) {
    auto* found = table(row[0]);
    if (found == nullptr) continue;
    CatalogueColumn column{.name = text_of(row[1]),
                           .data_type = text::lower(text_of(row[2])),
                           .column_type = text_of(row[3]),
                           .charset = text_of(row[4]),
                           .collation = text_of(row[5]),
                           .has_default = !is_null(row[6]),
                           .default_text = text_of(row[6]),
                           .nullable = text_of(row[7]) == "YES",
                           .extra = text_of(row[8]),
                           .generated = expression_text(row[9]),
                           .comment = text_of(row[10]),
                           .json = json_columns_.contains({found->name, text_of(row[1])})};
    if (column.extra.find("DEFAULT_GENERATED") != std::string::npos) column.default_text = expression_text(row[6]);
    found->columns.push_back(column_of(column, mariadb(), dialect_.default_collation()));
  }
}

void Description::read_foreign_keys() {
  const auto rows =
      ask("SELECT k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_NAME, k.REFERENCED_COLUMN_NAME, "
          "r.DELETE_RULE, r.UPDATE_RULE FROM information_schema.KEY_COLUMN_USAGE k JOIN "
          "information_schema.REFERENTIAL_CONSTRAINTS r ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND "
          "r.TABLE_NAME = k.TABLE_NAME AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME",
          "k.TABLE_SCHEMA", "k.TABLE_NAME", "k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION");
  for (const auto& row : rows.rows) {
    auto* found = table(row[0]);
    if (found == nullptr) continue;
    auto& keys = found->foreign_keys;
    const auto name = text_of(row[1]);
    if (keys.empty() || keys.back().name != name)
      keys.push_back({.name = name,
                      .columns = {},
                      .references = text_of(row[3]),
                      .references_columns = {},
                      .on_delete = action_of(text_of(row[5])),
                      .on_update = action_of(text_of(row[6]))});
    keys.back().columns.push_back(text_of(row[2]));
    keys.back().references_columns.push_back(text_of(row[4]));
  }
}

void Description::read_indexes() {
  const auto rows = ask(fmt::format("SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, COLUMN_NAME, COLLATION, INDEX_TYPE, "
                                    "SUB_PART, {} FROM information_schema.STATISTICS",
                                    mariadb() ? "NULL, IGNORED = 'YES'" : "EXPRESSION, IS_VISIBLE = 'NO'"),
                        "TABLE_SCHEMA", "TABLE_NAME", "TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX");
  std::string owner;
  schema::Index index;
  const auto finish = [&] {
    if (!index.name.empty()) add_index(owner, std::exchange(index, {}));
  };
  for (const auto& row : rows.rows) {
    const auto name = text_of(row[1]);
    if (owner != text_of(row[0]) || index.name != name) {
      finish();
      owner = text_of(row[0]);
      index.name = name;
      index.unique = to_int(row[2]) == 0;
      index.fulltext = text_of(row[5]) == "FULLTEXT";
      if (text_of(row[5]) == "SPATIAL") index.method = "spatial";
      if (to_int(row[8]) != 0) index.method = "unused";  // the server keeps it and does not look into it
    }
    index.parts.push_back(part_of(row, index.method == "spatial"));
  }
  finish();
}

/// The beginning of a column, `name(3)`, is told as an expression.
schema::IndexPart Description::part_of(const Row& row, bool spatial) const {
  const auto column = text_of(row[3]);
  const auto expression = expression_text(row[7]);
  schema::IndexPart part{.descending = text_of(row[4]) == "D"};
  if (!is_null(row[6]) && !spatial)
    part.expression = canonical_expression(fmt::format("{}({})", dialect_.quote(column), text_of(row[6])));
  else if (expression.empty())
    part.column = column;
  else
    part.expression = canonical_expression(expression);
  return part;
}

void Description::add_index(const std::string& owner, schema::Index index) {
  auto* found = schema_.find(owner);
  if (found == nullptr) return;
  if (index.name == "PRIMARY") {
    for (const auto& part : index.parts) found->primary_key.push_back(part.column + part.expression);
    return;
  }
  // the index behind a foreign key is named like it, whether dbctl or the server made it
  const auto same_columns = [&](const schema::ForeignKey& key) {
    return key.name == index.name && index.method.empty() &&
           std::ranges::equal(key.columns, index.parts, {}, {}, &schema::IndexPart::column);
  };
  if (!index.unique && std::ranges::any_of(found->foreign_keys, same_columns)) return;
  found->indexes.push_back(std::move(index));
}

}  // namespace

schema::Schema MysqlConnection::describe(const driver::Scope& scope) {
  const auto found = Description(*this, scope, *dialect_).read();
  // what is a constraint and what an index is told as the dialect tells it
  schema::Schema stored;
  for (const auto& [name, table] : found.tables) stored.tables.emplace(name, dialect_->storage(table));
  return stored;
}

}  // namespace dbctl::mysql
