// What ALTER TABLE cannot do: a new table, the rows copied, the old one dropped, the new one given its name. The order
// is SQLite's own advice (https://sqlite.org/lang_altertable.html, 7): renaming the old table away first would take the
// foreign keys of other tables along.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "convert.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "dialect.hpp"
#include "tokens.hpp"

namespace dbctl::sqlite {
namespace {

using sql::Expect;
using sql::Script;
using sql::Step;

std::string new_name(const std::string& table) {
  return "dbctl_rebuild_" + table;
}

Step plain(std::string sql) {
  return {.statement = {.sql = std::move(sql)}};
}

bool counts(const schema::Table& table) {
  return std::ranges::any_of(table.columns, &schema::Column::auto_increment);
}

/// Tables that hold rows which refer to rows of `table`.
std::vector<std::string> children(const schema::Schema& schema, const std::string& table) {
  std::vector<std::string> found;
  for (const auto& [name, other] : schema.tables)
    if (name != table && std::ranges::any_of(other.foreign_keys, [&](const auto& k) { return k.references == table; }))
      found.push_back(name);
  return found;
}

}  // namespace

Step SqliteDialect::remember(const std::string& table) const {
  return {.statement = {.sql = "SELECT count(*) FROM " + quote(table)},
          .expect = {.kind = Expect::Kind::remember, .key = "rows of " + table}};
}

Step SqliteDialect::compare(const std::string& counted, const std::string& table, const std::string& message) const {
  return {.statement = {.sql = "SELECT count(*) FROM " + quote(counted)},
          .expect = {.kind = Expect::Kind::same, .key = "rows of " + table, .message = message}};
}

// Insert, and what must not be found in the old rows or in the new ones.
Script SqliteDialect::copy_rows(const schema::Table& from, const schema::Table& to,
                                const std::string& using_expression) const {
  std::vector<std::string> columns, values;
  Script script;
  auto& steps = script.steps;
  std::vector<Step> afterwards;
  for (const auto& column : to.columns) {
    const auto* old = from.find_column(column.name);
    if (old == nullptr || !column.generated.expression.empty()) continue;
    const auto name = quote(column.name);
    const auto how = conversion(old->type, column.type, name, *old != column ? using_expression : "");
    columns.push_back(column.name);
    values.push_back(how.value);
    const auto refuse = [&](const std::string& table, const std::string& unfit) {
      return Step{.statement = {.sql = fmt::format("SELECT {} FROM {} WHERE {} LIMIT 1", name, quote(table), unfit)},
                  .expect = {.kind = Expect::Kind::no_rows,
                             .message = fmt::format("{}.{} holds a value that does not fit {}: say how to convert it "
                                                    "with using_expression(…)",
                                                    to.name, column.name, schema::to_text(column.type))}};
    };
    if (!how.unfit_before.empty()) steps.push_back(refuse(from.name, how.unfit_before));
    if (!how.unfit_after.empty()) afterwards.push_back(refuse(new_name(to.name), how.unfit_after));
  }
  steps.push_back(plain(columns.empty()
                            ? fmt::format("INSERT INTO {} DEFAULT VALUES", quote(new_name(to.name)))
                            : fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}", quote(new_name(to.name)),
                                          column_list(columns), text::join(values, ", "), quote(from.name))));
  std::ranges::move(afterwards, std::back_inserter(steps));
  return script;
}

Script SqliteDialect::rebuild(const schema::Schema& before, const schema::Table& from, const schema::Table& to,
                              const std::string& using_expression) const {
  const auto old_name = quote(from.name), fresh = quote(new_name(from.name));
  Script script{.suspend_foreign_keys = true, .rebuilds = {from.name}};
  auto& steps = script.steps;
  const auto add = [&](std::string sql) { steps.push_back(plain(std::move(sql))); };

  steps.push_back(remember(from.name));
  steps.front().hazards = {fmt::format("copies all rows of {} into a new table; writers wait", from.name)};
  for (const auto& child : children(before, from.name)) steps.push_back(remember(child));
  for (const auto& i : from.indexes)
    if (std::ranges::find(to.indexes, i.name, &schema::Index::name) == to.indexes.end())
      add(drop_index(from.name, i.name, false));
  add(fmt::format("SELECT dbctl_keep({})", literal(from.name)));

  // The definition of the table, then those of its indexes.
  // For a while it has another name, by which its checks cannot be meant.
  auto copy = to;
  for (auto& check : copy.checks) check.expression = unqualified(check.expression, to.name);
  auto made = AnsiDialect::render(schema::CreateTable{copy}, before).steps;
  const auto prefix = "CREATE TABLE " + old_name;
  add("CREATE TABLE " + fresh + made.front().statement.sql.substr(prefix.size()));
  for (auto& step : copy_rows(from, to, using_expression).steps) steps.push_back(std::move(step));
  steps.push_back(compare(new_name(from.name), from.name, fmt::format("not all rows of {} were copied", from.name)));
  if (counts(from) && counts(to)) {
    add(fmt::format("DELETE FROM sqlite_sequence WHERE name = {}", literal(new_name(from.name))));
    add(fmt::format("INSERT INTO sqlite_sequence (name, seq) SELECT {}, seq FROM sqlite_sequence WHERE name = {}",
                    literal(new_name(from.name)), literal(from.name)));
  }
  // Without it SQLite would refuse the rename, because views and triggers miss the table that was dropped.
  add("PRAGMA legacy_alter_table = ON");
  add("DROP TABLE " + old_name);
  add(fmt::format("ALTER TABLE {} RENAME TO {}", fresh, old_name));
  add("PRAGMA legacy_alter_table = OFF");
  std::move(made.begin() + 1, made.end(), std::back_inserter(steps));
  add(fmt::format("SELECT dbctl_restore({})", literal(from.name)));
  for (const auto& child : children(before, from.name))
    steps.push_back(compare(child, child, fmt::format("rows of {} would be lost", child)));
  return script;
}

template <class Operation>
Script SqliteDialect::rebuild(const Operation& operation, const schema::Schema& before) const {
  const auto after = schema::apply(before, {.what = operation});
  return rebuild(before, before.at(operation.table), after.at(operation.table));
}

template Script SqliteDialect::rebuild(const schema::AddColumn&, const schema::Schema&) const;

Script SqliteDialect::render(const schema::AddForeignKey& op, const schema::Schema& before) const {
  return rebuild(op, before);
}
Script SqliteDialect::render(const schema::DropForeignKey& op, const schema::Schema& before) const {
  return rebuild(op, before);
}
Script SqliteDialect::render(const schema::AddCheck& op, const schema::Schema& before) const {
  return rebuild(op, before);
}
Script SqliteDialect::render(const schema::DropCheck& op, const schema::Schema& before) const {
  return rebuild(op, before);
}
Script SqliteDialect::render(const schema::AddUnique& op, const schema::Schema& before) const {
  return rebuild(op, before);
}
Script SqliteDialect::render(const schema::DropUnique& op, const schema::Schema& before) const {
  return rebuild(op, before);
}

}  // namespace dbctl::sqlite
