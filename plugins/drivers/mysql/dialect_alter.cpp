// One function an operation, and one statement each: a statement commits by itself, so that an operation of two could
// be left half done.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "dialect.hpp"
#include "limits.hpp"

namespace dbctl::mysql {
namespace {

using Texts = std::vector<std::string>;

template <class Piece>
std::vector<Piece> missing(const std::vector<Piece>& from, const std::vector<Piece>& in) {
  std::vector<Piece> found;
  for (const auto& piece : from)
    if (std::ranges::find(in, piece.name, &Piece::name) == in.end()) found.push_back(piece);
  return found;
}

template <class Op>
schema::Table changed(const Op& op, const schema::Schema& before) {
  return schema::apply(before, {.what = op}).at(op.table);
}

const schema::Column& column_of(const schema::Table& table, const std::string& name) {
  const auto* column = table.find_column(name);
  if (column != nullptr) return *column;
  throw Unsupported({.summary = fmt::format("{} has no column {}", table.name, name)});
}

/// A column that rows which are there already have no value for.
bool has_no_value(const schema::Column& column) {
  return !column.nullable && !column.auto_increment && column.default_value.kind == schema::Default::Kind::none &&
         column.generated.expression.empty();
}

/// Whether a foreign key names the column on either side.
bool is_linked(const schema::Schema& schema, const std::string& table, const std::string& column) {
  const auto names = [&](const std::vector<std::string>& columns) {
    return std::ranges::find(columns, column) != columns.end();
  };
  for (const auto& [name, other] : schema.tables)
    for (const auto& key : other.foreign_keys)
      if ((name == table && names(key.columns)) || (key.references == table && names(key.references_columns)))
        return true;
  return false;
}

/// Changes of type that touch no row: a longer string whose length takes as many bytes, more members of an enumeration.
bool is_cheap(const schema::Column& from, const schema::Column& to) {
  if (from.type.kind != to.type.kind || from.collation != to.collation) return false;
  if (from.type.kind == schema::TypeKind::string)
    return to.type.size >= from.type.size && (from.type.size > 63) == (to.type.size > 63);
  return from.type.kind == schema::TypeKind::enumeration &&
         std::ranges::mismatch(from.type.values, to.type.values).in1 == from.type.values.end() &&
         (from.type.values.size() > 255) == (to.type.values.size() > 255);
}

}  // namespace

sql::Script MysqlDialect::alter(const Table& before, const Table& after, Texts first, Texts last, bool online) const {
  limits::row(after);
  const auto had = support_indexes(before);
  const auto needed = support_indexes(after);
  for (const auto& index : missing(had, needed)) first.push_back("DROP INDEX " + quote(index.name));
  for (const auto& index : missing(needed, had)) first.push_back("ADD " + key_definition(after, index));
  std::ranges::move(last, std::back_inserter(first));
  if (online) first.insert(first.end(), {"ALGORITHM=INPLACE", "LOCK=NONE"});
  return ddl({first.size() == 1 ? alter_table(before.name, first.front())
                                : fmt::format("ALTER TABLE {}\n  {}", quote(before.name), text::join(first, ",\n  "))});
}

sql::Script MysqlDialect::render(const schema::CreateTable& op, const Schema&) const {
  const auto& table = op.table;
  Texts lines;
  for (const auto& column : table.columns) lines.push_back(column_definition(table, column));
  std::ranges::move(table_constraints(table), std::back_inserter(lines));
  auto script = ddl({fmt::format("CREATE TABLE {} (\n  {}\n){}", quote(table.name), text::join(lines, ",\n  "),
                                 table_options(table))});
  for (const auto& index : table.indexes) std::ranges::move(notes(table, index), std::back_inserter(script.notes));
  for (const auto& column : table.columns) std::ranges::move(notes(table, column), std::back_inserter(script.notes));
  return script;
}

/// Strict or not, the server gives the rows that are there 0, '' or the first member of an enumeration.
sql::Step MysqlDialect::refuse_rows(const schema::AddColumn& op) const {
  return {.statement = {.sql = fmt::format("SELECT 1 FROM {} LIMIT 1", quote(op.table))},
          .alone = true,
          .expect = {.kind = sql::Expect::Kind::no_rows,
                     .message = fmt::format("{} has rows, and they would have no {}", op.table, op.column.name)}};
}

sql::Script MysqlDialect::render(const schema::AddColumn& op, const Schema& before) const {
  const auto after = changed(op, before);
  Texts first{"ADD COLUMN " + column_definition(after, op.column)};
  for (const auto& u : op.uniques) first.push_back("ADD " + unique(after, u));
  for (const auto& c : op.checks) first.push_back("ADD " + check(after, c));
  Texts last;
  for (const auto& key : op.foreign_keys) last.push_back("ADD " + foreign_key(after, key));
  auto script = alter(before.at(op.table), after, std::move(first), std::move(last));
  if (has_no_value(op.column)) script.steps.insert(script.steps.begin(), refuse_rows(op));
  script.notes = notes(after, op.column);
  return script;
}

sql::Script MysqlDialect::render(const schema::AlterColumn& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  const auto& from = column_of(table, op.column.name);
  const auto name = op.table + '.' + op.column.name;
  const Texts by_hand{"add a new column, copy the values with backfill(...), drop the old one and rename"};
  if (!op.using_expression.empty())
    throw Unsupported(
        {.summary = fmt::format("{}: the server converts values by its own rules, not by an expression", name),
         .next = by_hand});
  const auto& to = op.column;
  if (from.generated.expression.empty() != to.generated.expression.empty() ||
      from.generated.stored != to.generated.stored)
    throw Unsupported(
        {.summary = fmt::format("{} cannot become generated, stop to be, or change where it is kept", name),
         .next = {"drop the column and add it anew"}});
  if ((type(from.type) != type(to.type) || from.collation != to.collation) && is_linked(before, op.table, to.name))
    throw Unsupported({.summary = fmt::format("{} cannot change its type while a foreign key names it", name),
                       .next = {"drop the foreign key, alter the columns on both sides, add it again"}});
  const auto after = changed(op, before);
  check_keys(after, to.name);
  return alter(table, after, {"MODIFY COLUMN " + column_definition(table, to)});
}

sql::Script MysqlDialect::render(const schema::DropColumn& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  const auto after = changed(op, before);
  Texts first;
  for (const auto& key : missing(table.foreign_keys, after.foreign_keys))
    first.push_back("DROP FOREIGN KEY " + quote(key.name));
  for (const auto& c : missing(table.checks, after.checks)) first.push_back(drop_check(c.name));
  for (const auto& u : missing(table.uniques, after.uniques)) first.push_back("DROP INDEX " + quote(u.name));
  for (const auto& i : missing(table.indexes, after.indexes)) first.push_back("DROP INDEX " + quote(i.name));
  return alter(table, after, std::move(first), {"DROP COLUMN " + quote(op.column)});
}

sql::Script MysqlDialect::render(const schema::RenameColumn& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  const auto after = changed(op, before);
  Texts first;
  Texts last;
  if (!mariadb_) remake_definitions(table, after, op.to, first, last);
  first.push_back(fmt::format("RENAME COLUMN {} TO {}", quote(op.from), quote(op.to)));
  return alter(table, after, std::move(first), std::move(last));
}

void MysqlDialect::remake_definitions(const Table& before, const Table& after, const std::string& renamed, Texts& first,
                                      Texts& last) const {
  for (const auto& column : after.columns) {
    const auto* old = before.find_column(column.name);
    if (old != nullptr && column.name != renamed &&
        (old->generated != column.generated || old->default_value != column.default_value))
      last.push_back("MODIFY COLUMN " + column_definition(after, column));
  }
  for (std::size_t i = 0; i < before.checks.size() && i < after.checks.size(); ++i) {
    if (before.checks[i] == after.checks[i]) continue;
    first.push_back(drop_check(before.checks[i].name));
    last.push_back("ADD " + check(after, after.checks[i]));
  }
  const auto is_expression = [](const schema::IndexPart& part) { return !part.expression.empty(); };
  for (std::size_t i = 0; i < before.indexes.size() && i < after.indexes.size(); ++i) {
    if (before.indexes[i] == after.indexes[i] || !std::ranges::any_of(after.indexes[i].parts, is_expression)) continue;
    first.push_back("DROP INDEX " + quote(before.indexes[i].name));
    last.push_back("ADD " + key_definition(after, after.indexes[i]));
  }
}

sql::Script MysqlDialect::render(const schema::AddForeignKey& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  return alter(table, changed(op, before), {}, {"ADD " + foreign_key(table, op.key)});
}

sql::Script MysqlDialect::render(const schema::DropForeignKey& op, const Schema& before) const {
  return alter(before.at(op.table), changed(op, before), {"DROP FOREIGN KEY " + quote(op.name)});
}

sql::Script MysqlDialect::render(const schema::AddCheck& op, const Schema& before) const {
  return ddl({alter_table(op.table, "ADD " + check(before.at(op.table), op.check))});
}

sql::Script MysqlDialect::render(const schema::DropCheck& op, const Schema&) const {
  return ddl({alter_table(op.table, drop_check(op.name))});
}

sql::Script MysqlDialect::render(const schema::AddUnique& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  return alter(table, changed(op, before), {"ADD " + unique(table, op.unique)});
}

sql::Script MysqlDialect::render(const schema::DropUnique& op, const Schema& before) const {
  return alter(before.at(op.table), changed(op, before), {"DROP INDEX " + quote(op.name)});
}

sql::Script MysqlDialect::render(const schema::CreateIndex& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  const auto after = changed(op, before);
  auto script = support_indexes(table) == support_indexes(after)
                    ? ddl({index(table, op.index)})
                    : alter(table, after, {"ADD " + key_definition(table, op.index)}, {}, op.index.concurrently);
  script.notes = notes(table, op.index);
  return script;
}

sql::Script MysqlDialect::render(const schema::DropIndex& op, const Schema& before) const {
  const auto& table = before.at(op.table);
  const auto after = changed(op, before);
  // MariaDB's DROP INDEX takes no LOCK
  if (op.concurrently || support_indexes(table) != support_indexes(after))
    return alter(table, after, {"DROP INDEX " + quote(op.name)}, {}, op.concurrently);
  return ddl({fmt::format("DROP INDEX {} ON {}", quote(op.name), quote(op.table))});
}

std::string MysqlDialect::drop_check(const std::string& name) const {
  return (mariadb_ ? "DROP CONSTRAINT " : "DROP CHECK ") + quote(name);
}

std::vector<std::string> MysqlDialect::notes(const Table& table, const schema::Column& column) const {
  if (!mariadb_ || column.nullable || column.generated.expression.empty()) return {};
  return {fmt::format("{}.{}: mariadb has no NOT NULL for generated columns; it is left out", table.name, column.name)};
}

std::vector<std::string> MysqlDialect::hazards(const schema::Operation& operation, const Schema& before) const {
  auto found = AnsiDialect::hazards(operation, before);
  const auto copies = [&](const std::string& table, std::string_view why) {
    found.push_back(fmt::format("copies {} and blocks its writers meanwhile: {}", table, why));
  };
  std::visit(schema::overloaded{
                 [&](const schema::AddColumn& op) {
                   if (op.column.generated.stored) copies(op.table, "a stored column is computed for each row");
                   if (op.column.default_value.kind == schema::Default::Kind::now)
                     copies(op.table, "the default is computed for each row");
                   if (!op.foreign_keys.empty()) copies(op.table, "each row is checked against the foreign key");
                 },
                 [&](const schema::AlterColumn& op) {
                   const auto& from = column_of(before.at(op.table), op.column.name);
                   const bool retyped =
                       type(from.type) != type(op.column.type) || from.collation != op.column.collation;
                   if (retyped && !is_cheap(from, op.column))
                     copies(op.table, "a column changes its type");
                   else if (from.nullable != op.column.nullable)
                     found.push_back(fmt::format("rebuilds {}", op.table));
                 },
                 [&](const schema::AddForeignKey& op) { copies(op.table, "each row is checked against it"); },
                 [&](const schema::AddCheck& op) { copies(op.table, "each row is checked against it"); },
                 [&](const schema::CreateIndex& op) {
                   if (op.index.fulltext)
                     found.push_back(
                         fmt::format("blocks writers of {} while it builds, and the first full-text index "
                                     "of a table rebuilds it",
                                     op.table));
                 },
                 [](const auto&) {},
             },
             operation.what);
  return found;
}

}  // namespace dbctl::mysql
