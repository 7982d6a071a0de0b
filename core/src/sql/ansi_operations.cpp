// One function an operation: definitions of tables and columns. Constraints, indexes and data are in files of their
// own.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "sql/lookup.hpp"

namespace dbctl::sql {
namespace {

using Texts = std::vector<std::string>;

void append(Texts& to, Texts more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Names of the pieces that `before` has and `after` has not.
template <class Piece>
Texts gone(const std::vector<Piece>& before, const std::vector<Piece>& after) {
  Texts names;
  for (const auto& piece : before)
    if (std::ranges::find(after, piece.name, &Piece::name) == after.end()) names.push_back(piece.name);
  return names;
}

}  // namespace

std::vector<std::string> AnsiDialect::replace_checks(const std::string& table, const std::vector<schema::Check>& from,
                                                     const std::vector<schema::Check>& to) const {
  if (from == to) return {};
  Texts statements;
  for (const auto& c : from) statements.push_back(drop_constraint(table, c.name));
  for (const auto& c : to) statements.push_back(alter_table(table, "ADD " + check({.name = table}, c)));
  return statements;
}

Script AnsiDialect::render(const schema::CreateTable& op, const schema::Schema&) const {
  const auto& table = op.table;
  Texts lines;
  for (const auto& column : table.columns) lines.push_back(column_definition(table, column));
  append(lines, table_constraints(table));
  Texts statements{
      fmt::format("CREATE TABLE {} (\n  {}\n){}", quote(table.name), text::join(lines, ",\n  "), table_options(table))};
  for (const auto& i : table.indexes) statements.push_back(index(table, i));
  append(statements, comments(table));
  return ddl(std::move(statements));
}

Script AnsiDialect::render(const schema::DropTable& op, const schema::Schema&) const {
  return ddl({"DROP TABLE " + quote(op.table)});
}

Script AnsiDialect::render(const schema::RenameTable& op, const schema::Schema& before) const {
  Texts statements{alter_table(op.from, "RENAME TO " + quote(op.to))};
  const auto& from = before.at(op.from);
  auto to = from;
  to.name = op.to;
  for (const auto& column : from.columns)
    append(statements, replace_checks(op.to, implied_checks(from, column), implied_checks(to, column)));
  return ddl(std::move(statements));
}

Script AnsiDialect::render(const schema::AddColumn& op, const schema::Schema& before) const {
  auto table = before.at(op.table);
  table.columns.push_back(op.column);
  Texts statements{alter_table(op.table, "ADD COLUMN " + column_definition(table, op.column))};
  const auto add = [&](const std::string& constraint) {
    statements.push_back(alter_table(op.table, "ADD " + constraint));
  };
  for (const auto& u : op.uniques) add(unique(table, u));
  for (const auto& c : op.checks) add(check(table, c));
  for (const auto& c : implied_checks(table, op.column)) add(check(table, c));
  for (const auto& key : op.foreign_keys) add(foreign_key(table, key));
  if (!op.column.comment.empty()) append(statements, column_comment(table, op.column));
  return ddl(std::move(statements));
}

Script AnsiDialect::render(const schema::AlterColumn& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  const auto& from = column_of(table, op.column.name);
  auto changed = table;
  *changed.find_column(op.column.name) = op.column;

  auto old_checks = implied_checks(table, from);
  auto new_checks = implied_checks(changed, op.column);
  if (old_checks == new_checks) old_checks = new_checks = {};
  auto statements = replace_checks(op.table, old_checks, {});  // before the values change: they may break the old rule
  for (const auto& clause : alter_clauses(table, from, op)) statements.push_back(alter_table(op.table, clause));
  append(statements, replace_checks(op.table, {}, new_checks));
  if (from.comment != op.column.comment) append(statements, column_comment(changed, op.column));
  return ddl(std::move(statements));
}

// What names the column goes first, by name: databases differ in what they would take along by themselves.
Script AnsiDialect::render(const schema::DropColumn& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  const auto& column = column_of(table, op.column);
  const auto after = schema::apply(before, {.what = op}).at(op.table);
  Texts statements;
  for (const auto& name : gone(table.foreign_keys, after.foreign_keys))
    statements.push_back(drop_constraint(op.table, name));
  for (const auto& name : gone(table.checks, after.checks)) statements.push_back(drop_constraint(op.table, name));
  for (const auto& c : implied_checks(table, column)) statements.push_back(drop_constraint(op.table, c.name));
  for (const auto& name : gone(table.uniques, after.uniques)) statements.push_back(drop_constraint(op.table, name));
  for (const auto& name : gone(table.indexes, after.indexes)) statements.push_back(drop_index(op.table, name, false));
  statements.push_back(alter_table(op.table, "DROP COLUMN " + quote(op.column)));
  return ddl(std::move(statements));
}

Script AnsiDialect::render(const schema::RenameColumn& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  auto renamed = table;
  renamed.find_column(op.from)->name = op.to;
  Texts statements{alter_table(op.table, fmt::format("RENAME COLUMN {} TO {}", quote(op.from), quote(op.to)))};
  append(statements, replace_checks(op.table, implied_checks(table, column_of(table, op.from)),
                                    implied_checks(renamed, column_of(renamed, op.to))));
  return ddl(std::move(statements));
}

}  // namespace dbctl::sql
