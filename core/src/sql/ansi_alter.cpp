#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/schema/types.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "sql/lookup.hpp"

namespace dbctl::sql {
namespace {

// Standard SQL alters neither of these; a driver that can overrides alter_clauses.
void refuse_what_has_no_alter(const schema::Table& table, const schema::Column& from, const schema::Column& to) {
  const auto refuse = [&](std::string_view what) {
    throw Unsupported({.summary = fmt::format("{}.{} cannot be altered: {}", table.name, to.name, what),
                       .next = {"add a new column, copy the values with backfill(...), drop the old one and rename",
                                "or write the database's own SQL with sql(...)"}});
  };
  if (from.auto_increment != to.auto_increment) refuse("auto_increment comes with the column");
  if (from.generated != to.generated) refuse("a generated column stays what it is");
}

}  // namespace

std::vector<std::string> AnsiDialect::alter_clauses(const schema::Table& table, const schema::Column& from,
                                                    const schema::AlterColumn& op) const {
  const auto& to = op.column;
  refuse_what_has_no_alter(table, from, to);
  const auto alter = "ALTER COLUMN " + quote(to.name) + ' ';
  const auto old_default = default_value(from);
  const auto new_default = default_value(to);
  const bool retype =
      type(from.type) != type(to.type) || from.collation != to.collation || !op.using_expression.empty();

  std::vector<std::string> clauses;
  // An old default need not be convertible to the new type, so it goes first.
  const bool drop_default = !old_default.empty() && (retype || new_default.empty());
  if (drop_default) clauses.push_back(alter + "DROP DEFAULT");
  if (retype) {
    auto clause = alter + "SET DATA TYPE " + type(to.type);
    if (const auto text = collation(to); !text.empty()) clause += ' ' + text;
    if (!op.using_expression.empty()) clause += " USING " + op.using_expression;
    clauses.push_back(std::move(clause));
  }
  if (!new_default.empty() && (drop_default || new_default != old_default))
    clauses.push_back(alter + "SET DEFAULT " + new_default);
  if (from.nullable != to.nullable) clauses.push_back(alter + (to.nullable ? "DROP NOT NULL" : "SET NOT NULL"));
  return clauses;
}

std::vector<std::string> AnsiDialect::hazards(const schema::Operation& operation, const schema::Schema& before) const {
  std::vector<std::string> found;
  std::visit(schema::overloaded{
                 [&](const schema::DropTable& op) { found.push_back(fmt::format("drops {} and its rows", op.table)); },
                 [&](const schema::DropColumn& op) {
                   found.push_back(fmt::format("drops the values of {}.{}", op.table, op.column));
                 },
                 [&](const schema::AddColumn& op) {
                   const auto& c = op.column;
                   if (!c.nullable && !c.auto_increment && c.default_value.kind == schema::Default::Kind::none &&
                       c.generated.expression.empty())
                     found.push_back(fmt::format("fails if {} has rows: they would have no {}", op.table, c.name));
                 },
                 [&](const schema::AlterColumn& op) {
                   const auto name = op.table + '.' + op.column.name;
                   const auto& from = column_of(before.at(op.table), op.column.name);
                   if (from.type != op.column.type)
                     found.push_back(fmt::format("converts the values of {} from {} to {}", name,
                                                 schema::to_text(from.type), schema::to_text(op.column.type)));
                   if (from.nullable && !op.column.nullable)
                     found.push_back(fmt::format("fails if {} holds NULL", name));
                 },
                 [](const auto&) {},
             },
             operation.what);
  return found;
}

}  // namespace dbctl::sql
