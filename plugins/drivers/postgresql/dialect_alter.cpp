// Operations that change what is there.
#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/names.hpp"
#include "dialect.hpp"
#include "lexical.hpp"

namespace dbctl::postgresql {
namespace {

using schema::TypeKind;

bool is_text(TypeKind kind) {
  return kind == TypeKind::string || kind == TypeKind::text || kind == TypeKind::character ||
         kind == TypeKind::enumeration;
}

bool is_number(TypeKind kind) {
  return schema::is_whole_number(kind) || kind == TypeKind::decimal || kind == TypeKind::real ||
         kind == TypeKind::double_;
}

/// Does ALTER COLUMN … TYPE convert by itself? Elsewhere the cast is written. Every type is assigned to texts, and what
/// is too long is refused: a cast that is written, `12345::VARCHAR(2)`, cuts it off.
bool converts_by_itself(TypeKind from, TypeKind to) {
  return from == to || is_text(to) || (is_number(from) && is_number(to));
}

bool has_word(const std::string& tokens, std::string_view word) {
  return (' ' + tokens + ' ').find(fmt::format(" {} ", word)) != std::string::npos;
}

}  // namespace

std::string client_copy(std::string_view sql) {
  const auto words = sql::leading_words(sql, lexical_rules(), 1);
  if (words.empty() || words.front() != "COPY") return {};
  const auto tokens = sql::normalise(sql, lexical_rules());
  for (const std::string_view stream : {"from stdin", "to stdout"})
    if (has_word(tokens, stream)) return text::upper(stream);
  return {};
}

std::string PostgresqlDialect::rename_constraint(const std::string& table, const std::string& from,
                                                 const std::string& to) const {
  return alter_table(table, fmt::format("RENAME CONSTRAINT {} TO {}", quote(from), quote(to)));
}

void PostgresqlDialect::rename_implied(std::vector<std::string>& statements, const schema::Table& from,
                                       const schema::Column& old_column, const schema::Table& to,
                                       const schema::Column& new_column) const {
  const auto old_checks = implied_checks(from, old_column), new_checks = implied_checks(to, new_column);
  for (std::size_t i = 0; i < old_checks.size(); ++i)
    if (old_checks[i].name != new_checks[i].name)
      statements.push_back(rename_constraint(to.name, old_checks[i].name, new_checks[i].name));
}

sql::Script PostgresqlDialect::render(const schema::RenameTable& op, const schema::Schema& before) const {
  const auto& from = before.at(op.from);
  auto to = from;
  to.name = op.to;
  std::vector<std::string> statements{alter_table(op.from, "RENAME TO " + quote(op.to))};
  // The key's index would stand in the way of a new table of the old name, and takes its constraint along. A key that
  // dbctl did not make has another name, and keeps it.
  if (!from.primary_key.empty())
    statements.push_back(fmt::format("ALTER INDEX IF EXISTS {} RENAME TO {}",
                                     quote(schema::names::primary_key(op.from)),
                                     quote(schema::names::primary_key(op.to))));
  for (const auto& column : from.columns) rename_implied(statements, from, column, to, column);
  return ddl(std::move(statements));
}

sql::Script PostgresqlDialect::render(const schema::RenameColumn& op, const schema::Schema& before) const {
  const auto& table = before.at(op.table);
  std::vector<std::string> statements{
      alter_table(op.table, fmt::format("RENAME COLUMN {} TO {}", quote(op.from), quote(op.to)))};
  if (const auto* column = table.find_column(op.from)) {
    auto renamed = *column;
    renamed.name = op.to;
    rename_implied(statements, table, *column, table, renamed);
  }
  return ddl(std::move(statements));
}

/// Only forwards: the sequence may be ahead of the keys that are left. An empty table's first key stays the first.
std::string PostgresqlDialect::advance_identity(const std::string& table, const std::string& column) const {
  const auto sequence =
      fmt::format("pg_get_serial_sequence({}, {})", AnsiDialect::literal(quote(table)), AnsiDialect::literal(column));
  return fmt::format(
      "SELECT setval({0}, max({1})) FROM {2} HAVING max({1}) > coalesce(pg_sequence_last_value({0}::regclass), 0)",
      sequence, quote(column), quote(table));
}

sql::Script PostgresqlDialect::render(const schema::AlterColumn& op, const schema::Schema& before) const {
  auto script = AnsiDialect::render(op, before);
  const auto* from = before.at(op.table).find_column(op.column.name);
  if (from != nullptr && !from->auto_increment && op.column.auto_increment)
    script.steps.push_back({.statement = {.sql = advance_identity(op.table, op.column.name)}});
  return script;
}

std::string PostgresqlDialect::alter_generated(const schema::Table& table, const schema::Column& from,
                                               const schema::Column& to) const {
  if (from.generated == to.generated) return {};
  if (to.generated.expression.empty() && from.generated.stored) return "DROP EXPRESSION";
  const bool same_kind = !from.generated.expression.empty() && from.generated.stored == to.generated.stored;
  if (same_kind && info().server.version.major >= 17)
    return fmt::format("SET EXPRESSION AS ({})", to.generated.expression);
  throw Unsupported({.summary = fmt::format("{}.{} cannot be altered into this generated column", table.name, to.name),
                     .why = "PostgreSQL alters the expression from version 17 on, and nothing else of it",
                     .next = {"drop the column and add it again: its values are computed anew"}});
}

std::string PostgresqlDialect::alter_type(const schema::Column& from, const schema::AlterColumn& op) const {
  const auto& to = op.column;
  if (type(from.type) == type(to.type) && from.collation == to.collation && op.using_expression.empty()) return {};
  auto clause = "TYPE " + type(to.type);
  if (const auto text = collation(to); !text.empty()) clause += ' ' + text;
  if (!op.using_expression.empty())
    clause += " USING " + op.using_expression;
  else if (!converts_by_itself(from.type.kind, to.type.kind))
    clause += fmt::format(" USING {}::{}", quote(to.name), type(to.type));
  return clause;
}

/// One ALTER TABLE for all of it: the table is rewritten once.
std::vector<std::string> PostgresqlDialect::alter_clauses(const schema::Table& table, const schema::Column& from,
                                                          const schema::AlterColumn& op) const {
  const auto& to = op.column;
  std::vector<std::string> actions;
  const auto add = [&](const std::string& action) {
    if (!action.empty()) actions.push_back(fmt::format("ALTER COLUMN {} {}", quote(to.name), action));
  };
  add(alter_generated(table, from, to));
  const auto old_default = default_value(from), new_default = default_value(to);
  const auto new_type = alter_type(from, op);
  // an old default need not be convertible to the new type
  const bool drop_default = !old_default.empty() && (!new_type.empty() || new_default.empty());
  if (drop_default) add("DROP DEFAULT");
  if (from.auto_increment && !to.auto_increment) add("DROP IDENTITY");
  add(new_type);
  if (from.nullable != to.nullable) add(to.nullable ? "DROP NOT NULL" : "SET NOT NULL");
  if (!from.auto_increment && to.auto_increment) add("ADD " + auto_increment());
  if (!new_default.empty() && (drop_default || new_default != old_default)) add("SET DEFAULT " + new_default);
  if (actions.empty()) return {};
  return {text::join(actions, ", ")};
}

sql::Script PostgresqlDialect::render(const schema::RawSql& op, const schema::Schema& before) const {
  if (const auto stream = client_copy(op.sql); !stream.empty())
    throw Unsupported({.summary = fmt::format("raw sql: COPY … {} has no stream of data here", stream),
                       .next = {"put the rows into a seeder, .rows_from(…)", "COPY from a file on the server"}});
  return AnsiDialect::render(op, before);
}

std::vector<Statement> PostgresqlDialect::after_insert(const schema::Table& table,
                                                       const std::vector<std::string>& columns) const {
  std::vector<Statement> statements;
  for (const auto& column : table.columns)
    if (column.auto_increment && std::ranges::find(columns, column.name) != columns.end())
      statements.push_back({.sql = advance_identity(table.name, column.name)});
  // who takes a key between the look at the sequence and its move would take it a second time
  if (!statements.empty())
    statements.insert(statements.begin(),
                      {.sql = fmt::format("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE", quote(table.name))});
  return statements;
}

std::vector<std::string> PostgresqlDialect::hazards(const schema::Operation& operation,
                                                    const schema::Schema& before) const {
  auto found = AnsiDialect::hazards(operation, before);
  for (auto& hazard : lock_hazards(operation, before)) found.push_back(std::move(hazard));
  return found;
}

}  // namespace dbctl::postgresql
