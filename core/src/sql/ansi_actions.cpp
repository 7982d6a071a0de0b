// Some databases change no column behind a foreign key when a check or a stored column names it.
#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "schema/identifiers.hpp"

namespace dbctl::sql {
namespace {

using schema::Action;
using schema::overloaded;

/// The table that the operation gives a key, a check or a column; empty for all others.
std::string table_changed(const schema::Operation& operation) {
  return std::visit(
      overloaded{
          [](const schema::CreateTable& o) { return o.table.name; }, [](const schema::AddColumn& o) { return o.table; },
          [](const schema::AlterColumn& o) { return o.table; }, [](const schema::AddForeignKey& o) { return o.table; },
          [](const schema::AddCheck& o) { return o.table; }, [](const auto&) { return std::string(); }},
      operation.what);
}

bool changes_its_columns(const schema::ForeignKey& key) {
  const auto writes = [](Action action) { return action == Action::set_null || action == Action::set_default; };
  return writes(key.on_delete) || writes(key.on_update) || key.on_update == Action::cascade;
}

/// "the check ck_t_a": what names the column and keeps the database from changing it; empty: nothing does.
std::string user_of(const schema::Table& table, const std::string& column) {
  for (const auto& check : table.checks)
    if (schema::identifiers::mentions(check.expression, column)) return "the check " + check.name;
  for (const auto& other : table.columns)
    if (other.generated.stored && schema::identifiers::mentions(other.generated.expression, column))
      return fmt::format("the stored column {}.{}", table.name, other.name);
  return {};
}

}  // namespace

void AnsiDialect::refuse_actions_on_checked_columns(const schema::Operation& operation,
                                                    const schema::Schema& before) const {
  const auto name = table_changed(operation);
  if (info().actions_on_checked_columns || name.empty()) return;
  const auto after = schema::apply(before, operation);
  const auto& table = after.at(name);
  for (const auto& key : table.foreign_keys) {
    if (!changes_its_columns(key)) continue;
    for (const auto& column : key.columns)
      if (const auto user = user_of(table, column); !user.empty())
        throw Unsupported(
            {.summary = fmt::format("{} names {}.{}, which the foreign key {} changes", user, name, column, key.name),
             .why = fmt::format("{} has no action that changes such a column: set_null, or cascade on update",
                                info().server.product),
             .next = {"use on_delete(restricted) or on_delete(cascade), and no on_update",
                      "or put the check in on(\"...\", add_check(...)) for the databases that have both"}});
  }
}

}  // namespace dbctl::sql
