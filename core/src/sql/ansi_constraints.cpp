// Foreign keys, checks, uniques, indexes and comments, each by itself.
#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::sql {

Script AnsiDialect::render(const schema::AddForeignKey& op, const schema::Schema& before) const {
  return ddl({alter_table(op.table, "ADD " + foreign_key(before.at(op.table), op.key))});
}

Script AnsiDialect::render(const schema::DropForeignKey& op, const schema::Schema&) const {
  return ddl({drop_constraint(op.table, op.name)});
}

Script AnsiDialect::render(const schema::AddCheck& op, const schema::Schema& before) const {
  return ddl({alter_table(op.table, "ADD " + check(before.at(op.table), op.check))});
}

Script AnsiDialect::render(const schema::DropCheck& op, const schema::Schema&) const {
  return ddl({drop_constraint(op.table, op.name)});
}

Script AnsiDialect::render(const schema::AddUnique& op, const schema::Schema& before) const {
  return ddl({alter_table(op.table, "ADD " + unique(before.at(op.table), op.unique))});
}

Script AnsiDialect::render(const schema::DropUnique& op, const schema::Schema&) const {
  return ddl({drop_constraint(op.table, op.name)});
}

Script AnsiDialect::render(const schema::CreateIndex& op, const schema::Schema& before) const {
  auto script = ddl({index(before.at(op.table), op.index)});
  for (auto& step : script.steps) step.alone = step.alone || op.index.concurrently;
  return script;
}

Script AnsiDialect::render(const schema::DropIndex& op, const schema::Schema&) const {
  auto script = ddl({drop_index(op.table, op.name, op.concurrently)});
  for (auto& step : script.steps) step.alone = step.alone || op.concurrently;
  return script;
}

std::string AnsiDialect::drop_constraint(const std::string& table, const std::string& name) const {
  return alter_table(table, "DROP CONSTRAINT " + quote(name));
}

std::string AnsiDialect::index(const schema::Table& table, const schema::Index& index) const {
  const auto claim = [&](bool claimed, bool wanted, std::string_view what) {
    if (wanted && !claimed)
      throw Unsupported({.summary = fmt::format("index {}: {} has no {}", index.name, info().server.product, what),
                         .next = {"put the index in on(\"...\", ...) for the databases that have it"}});
  };
  const auto& can = info().indexes;
  claim(can.fulltext, index.fulltext, "full-text indexes");
  claim(can.method, !index.method.empty(), "index methods (using_method)");
  claim(can.partial, !index.where.empty(), "partial indexes (where)");
  claim(can.concurrently, index.concurrently, "concurrent index builds");

  std::vector<std::string> parts;
  for (const auto& part : index.parts) {
    claim(can.expression, !part.expression.empty(), "indexes on expressions");
    claim(can.descending, part.descending, "descending indexes");
    parts.push_back(index_part(table, part));
  }
  return fmt::format("CREATE {}{}INDEX {}{} ON {}{} ({}){}", index.unique ? "UNIQUE " : "",
                     index.fulltext ? "FULLTEXT " : "", index.concurrently ? "CONCURRENTLY " : "", quote(index.name),
                     quote(table.name), index.method.empty() ? "" : " USING " + index.method, text::join(parts, ", "),
                     index.where.empty() ? "" : " WHERE " + index.where);
}

std::string AnsiDialect::index_part(const schema::Table&, const schema::IndexPart& part) const {
  return (part.expression.empty() ? quote(part.column) : '(' + part.expression + ')') +
         (part.descending ? " DESC" : "");
}

std::string AnsiDialect::drop_index(const std::string&, const std::string& name, bool concurrently) const {
  if (concurrently && !info().indexes.concurrently)
    throw Unsupported({.summary = fmt::format("index {}: {} cannot drop concurrently", name, info().server.product),
                       .next = {"put the operation in on(\"...\", ...) for the databases that can"}});
  return fmt::format("DROP INDEX {}{}", concurrently ? "CONCURRENTLY " : "", quote(name));
}

std::vector<std::string> AnsiDialect::comments(const schema::Table& table) const {
  std::vector<std::string> statements;
  if (!table.comment.empty())
    statements.push_back(fmt::format("COMMENT ON TABLE {} IS {}", quote(table.name), literal(table.comment)));
  for (const auto& column : table.columns)
    if (!column.comment.empty())
      for (auto& sql : column_comment(table, column)) statements.push_back(std::move(sql));
  return statements;
}

std::vector<std::string> AnsiDialect::column_comment(const schema::Table& table, const schema::Column& column) const {
  return {fmt::format("COMMENT ON COLUMN {}.{} IS {}", quote(table.name), quote(column.name),
                      column.comment.empty() ? "NULL" : literal(column.comment))};
}

}  // namespace dbctl::sql
