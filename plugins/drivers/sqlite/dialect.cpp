#include "dialect.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "convert.hpp"
#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/schema/names.hpp"
#include "lexical.hpp"
#include "tokens.hpp"
#include "types.hpp"

namespace dbctl::sqlite {
namespace {

using schema::Default;
using sql::Script;

/// `before` is the column that was there, if any: what was said of it once is not said again.
void note_what_is_kept_otherwise(Script& script, const std::string& table, const schema::Column& column,
                                 const schema::Column& before = {}) {
  if (decimal_as_text(column.type) && column.type != before.type)
    script.notes.push_back(fmt::format("{}.{}: a {} is stored as text: exact, but compared as text", table, column.name,
                                       schema::to_text(column.type)));
  if (!column.comment.empty() && column.comment != before.comment)
    script.notes.push_back(fmt::format("{}.{}: SQLite keeps no comments", table, column.name));
}

template <class Part>
void sort_by_name(std::vector<Part>& parts) {
  std::ranges::sort(parts, {}, &Part::name);
}

}  // namespace

SqliteDialect::SqliteDialect(sql::ServerInfo server)
    : AnsiDialect({.driver = "sqlite",
                   .server = std::move(server),
                   .transactional_ddl = true,
                   .max_parameters = 32766,
                   .indexes = {.descending = true, .partial = true, .expression = true}}) {}

sql::Brackets SqliteDialect::brackets(bool suspend_foreign_keys) const {
  if (!suspend_foreign_keys) return {.open = {"BEGIN IMMEDIATE"}, .close = {"COMMIT"}};
  return {.open = {"PRAGMA foreign_keys = OFF", "BEGIN IMMEDIATE"},
          .close = {"PRAGMA foreign_key_check", "COMMIT", "PRAGMA foreign_keys = ON"}};
}

std::string SqliteDialect::literal(const Value& value) const {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "1" : "0";
  // As it is bound: a column of numbers converts it, a column of text keeps every digit.
  if (const auto* decimal = std::get_if<Decimal>(&value)) return AnsiDialect::literal(decimal->text);
  if (const auto* real = std::get_if<double>(&value); real != nullptr && std::isinf(*real))
    return *real > 0 ? "9e999" : "-9e999";
  return AnsiDialect::literal(value);
}

const sql::LexicalRules& SqliteDialect::lexical() const {
  return lexical_rules();
}

std::span<const sql::ClassRule> SqliteDialect::classes() const {
  return statement_classes();
}

std::string SqliteDialect::type(const schema::Type& type) const {
  return declared_type(type);
}
std::string SqliteDialect::auto_increment() const {
  return "PRIMARY KEY AUTOINCREMENT";
}
std::string SqliteDialect::now(const schema::Type& type) const {
  return now_expression(type);
}
std::vector<std::string> SqliteDialect::comments(const schema::Table&) const {
  return {};
}

std::string SqliteDialect::column_definition(const schema::Table& table, const schema::Column& column) const {
  if (column.auto_increment && table.primary_key != std::vector{column.name})
    throw Unsupported({.summary = fmt::format("{}.{} cannot count itself", table.name, column.name),
                       .why = "SQLite counts only a column that is the primary key by itself",
                       .next = {"make it the primary key, and the others a unique constraint"}});
  std::string definition = AnsiDialect::column_definition(table, column);
  for (const auto& implied : implied_checks(table, column)) definition += ' ' + check(table, implied);
  return definition;
}

std::string SqliteDialect::default_value(const schema::Column& column) const {
  if (column.default_value.kind != Default::Kind::value || column.type.kind != schema::TypeKind::decimal)
    return AnsiDialect::default_value(column);
  Value value = column.default_value.value;
  try {
    value = schema::coerce(value, column.type);  // as text, every digit of the scale counts
  } catch (const std::invalid_argument&) {
    // A table that dbctl did not make may have it: it is written as it is.
  }
  const auto* decimal = std::get_if<Decimal>(&value);
  return decimal != nullptr && !decimal_as_text(column.type) ? decimal->text : literal(value);
}

std::string SqliteDialect::collation(const schema::Column& column) const {
  if (column.collation.empty()) return {};
  const auto name = text::upper(column.collation);
  if (name != "BINARY" && name != "NOCASE" && name != "RTRIM")
    throw Unsupported({.summary = fmt::format("column {}: SQLite has no collation {}", column.name, column.collation),
                       .why = "it has BINARY, NOCASE and RTRIM",
                       .next = {"put the column's collation in on(\"…\", …) for the databases that have it"}});
  return "COLLATE " + name;
}

std::vector<std::string> SqliteDialect::table_constraints(const schema::Table& table) const {
  const bool counts = std::ranges::any_of(table.columns, &schema::Column::auto_increment);
  std::vector<std::string> lines;
  if (!table.primary_key.empty() && !counts) lines.push_back(primary_key(table));
  for (const auto& u : table.uniques) lines.push_back(unique(table, u));
  for (const auto& c : table.checks) lines.push_back(check(table, c));
  for (const auto& key : table.foreign_keys) lines.push_back(foreign_key(table, key));
  return lines;
}

std::string SqliteDialect::check(const schema::Table& table, const schema::Check& check) const {
  return check.name.empty() ? fmt::format("CHECK ({})", check.expression) : AnsiDialect::check(table, check);
}

// They stand in the column's definition, so that the column is added, renamed and dropped together with them. Only an
// enumeration's has a name: the others say by themselves what they are.
std::vector<schema::Check> SqliteDialect::implied_checks(const schema::Table& table,
                                                         const schema::Column& column) const {
  auto condition = implied_condition(column.type, quote(column.name));
  if (condition.empty()) return {};
  const bool named = column.type.kind == schema::TypeKind::enumeration;
  return {
      {.name = named ? schema::names::enumeration(table.name, column.name) : "", .expression = std::move(condition)}};
}

// What is rendered and what is described go through the same reading, so that they are equal.
schema::Column SqliteDialect::storage(const schema::Column& column) const {
  schema::Column stored = column;
  stored.comment.clear();
  stored.collation = text::upper(column.collation);
  stored.type = described_type(declared_type(column.type));
  const auto quoted = quote(column.name);
  if (const auto condition = implied_condition(column.type, quoted); !condition.empty())
    stored.type = implied_type(condition, column.name, stored.type).value_or(stored.type);
  stored.default_value = described_default(default_value(column), stored.type);
  stored.generated.expression = canonical_expression(column.generated.expression);
  return stored;
}

schema::Table SqliteDialect::storage(const schema::Table& table) const {
  schema::Table stored = table;
  stored.comment.clear();
  for (auto& column : stored.columns) column = storage(column);
  for (auto& c : stored.checks) c.expression = canonical_expression(unqualified(c.expression, table.name));
  for (auto& index : stored.indexes) {
    index.concurrently = false;
    index.where = canonical_expression(index.where);
    for (auto& part : index.parts) part.expression = canonical_expression(part.expression);
  }
  sort_by_name(stored.uniques);
  sort_by_name(stored.checks);
  sort_by_name(stored.foreign_keys);
  sort_by_name(stored.indexes);
  return stored;
}

Script SqliteDialect::render(const schema::CreateTable& op, const schema::Schema& before) const {
  auto script = AnsiDialect::render(op, before);
  if (!op.table.comment.empty()) script.notes.push_back(fmt::format("{}: SQLite keeps no comments", op.table.name));
  for (const auto& column : op.table.columns) note_what_is_kept_otherwise(script, op.table.name, column);
  return script;
}

// With foreign keys enforced SQLite first deletes the rows, so that a table that dbctl does not know of, and that
// refers to this one with ON DELETE CASCADE, would be emptied.
Script SqliteDialect::render(const schema::DropTable& op, const schema::Schema& before) const {
  auto script = AnsiDialect::render(op, before);
  const auto name = literal(op.table);
  script.steps.insert(
      script.steps.begin(),
      {.statement = {.sql =
                         fmt::format("SELECT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f "
                                     "WHERE m.type = 'table' AND m.name <> {0} AND f.\"table\" = {0} COLLATE NOCASE",
                                     name)},
       .expect = {
           .kind = sql::Expect::Kind::no_rows,
           .message = fmt::format("another table refers to {}: its rows would be deleted or changed", op.table)}});
  const auto& keys = before.at(op.table).foreign_keys;
  script.suspend_foreign_keys = std::ranges::any_of(keys, [&](const auto& key) { return key.references == op.table; });
  return script;
}

// SQLite itself carries a new name into constraints, indexes, foreign keys, triggers and views.
Script SqliteDialect::render(const schema::RenameTable& op, const schema::Schema&) const {
  return ddl({alter_table(op.from, "RENAME TO " + quote(op.to))});
}
Script SqliteDialect::render(const schema::RenameColumn& op, const schema::Schema&) const {
  return ddl({alter_table(op.table, fmt::format("RENAME COLUMN {} TO {}", quote(op.from), quote(op.to)))});
}

bool SqliteDialect::can_be_added(const schema::AddColumn& op) const {
  const auto& column = op.column;
  const auto kind = column.default_value.kind;
  if (!op.uniques.empty() || kind == Default::Kind::now || kind == Default::Kind::expression) return false;
  if (column.generated.stored || column.auto_increment) return false;
  const bool has_value = kind == Default::Kind::value && !is_null(column.default_value.value);
  if (!op.foreign_keys.empty() && has_value) return false;
  const bool own_keys = std::ranges::all_of(op.foreign_keys, [](const auto& key) { return key.columns.size() == 1; });
  return own_keys && (column.nullable || has_value);
}

Script SqliteDialect::render(const schema::AddColumn& op, const schema::Schema& before) const {
  Script script;
  if (can_be_added(op)) {
    const auto& table = before.at(op.table);
    auto definition = column_definition(table, op.column);
    for (const auto& c : op.checks) definition += ' ' + check(table, c);
    for (const auto& key : op.foreign_keys)
      definition += ' ' + text::replace_all(foreign_key(table, key),
                                            fmt::format("FOREIGN KEY ({}) ", column_list(key.columns)), "");
    script = ddl({alter_table(op.table, "ADD COLUMN " + definition)});
  } else {
    script = rebuild(op, before);
  }
  note_what_is_kept_otherwise(script, op.table, op.column);
  return script;
}

Script SqliteDialect::render(const schema::AlterColumn& op, const schema::Schema& before) const {
  const auto after = schema::apply(before, {.what = op});
  const auto& from = before.at(op.table);
  const auto& to = after.at(op.table);
  const auto& old_column = *from.find_column(op.column.name);
  const auto& new_column = *to.find_column(op.column.name);
  const auto values = conversion(old_column.type, new_column.type, "", {});
  const bool same_values = values.value.empty() && values.unfit_before.empty() && values.unfit_after.empty();
  Script script;
  if (column_definition(from, old_column) != column_definition(to, new_column) || !op.using_expression.empty() ||
      !same_values)
    script = rebuild(before, from, to, op.using_expression);
  note_what_is_kept_otherwise(script, op.table, new_column, old_column);
  return script;
}

// What is computed in binary is rounded when it is written, as databases with exact numbers do: reading alone would
// hide the rest from everybody but SQL.
Statement SqliteDialect::backfill_batch(const schema::Backfill& backfill, const schema::Table& table, const Row& after,
                                        const Row& last) const {
  auto rounded = backfill;
  for (auto& [column, expression] : rounded.assignments)
    if (const auto* to = table.find_column(column)) expression = stored_value(to->type, expression);
  return AnsiDialect::backfill_batch(rounded, table, after, last);
}

Script SqliteDialect::render(const schema::DropColumn& op, const schema::Schema& before) const {
  const auto after = schema::apply(before, {.what = op});
  const auto& from = before.at(op.table);
  const auto& to = after.at(op.table);
  if (from.uniques != to.uniques || from.checks != to.checks || from.foreign_keys != to.foreign_keys)
    return rebuild(before, from, to);
  std::vector<std::string> statements;
  for (const auto& i : from.indexes)
    if (std::ranges::find(to.indexes, i.name, &schema::Index::name) == to.indexes.end())
      statements.push_back(drop_index(op.table, i.name, false));
  statements.push_back(alter_table(op.table, "DROP COLUMN " + quote(op.column)));
  return ddl(std::move(statements));
}

}  // namespace dbctl::sqlite
