#include "keep.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::sqlite {

void Keeper::forget() noexcept {
  kept_.clear();
  broken_.clear();
  remade_.clear();
}

bool Keeper::remade(const std::string& table) const {
  return std::ranges::find(remade_, table) != remade_.end();
}

void Keeper::keep(const std::string& table) {
  const auto kinds = connection_.query(
      {.sql = "SELECT type, wr, strict FROM pragma_table_list WHERE schema = 'main' AND name = ? COLLATE NOCASE",
       .params = {table}});
  for (const auto& row : kinds.rows) {
    const std::string kind = to_text(row[0]) != "table" ? fmt::format("a {} table", to_text(row[0]))
                             : to_int(row[1]) != 0      ? "a WITHOUT ROWID table"
                             : to_int(row[2]) != 0      ? "a STRICT table"
                                                        : "";
    if (!kind.empty())
      throw Error(codes::statement_expectation,
                  {.summary = fmt::format("{} is {}, and a rebuild would lose that", table, kind),
                   .why = "SQLite changes such a table by making a new one from the migrations, which know ordinary "
                          "tables only",
                   .next = {"write the change for this table in SQL: on(\"sqlite\", sql(\"…\"))"}});
  }
  remade_.push_back(table);
  set_aside_what_is_broken();
  const auto objects = connection_.query(
      {.sql = "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? COLLATE NOCASE AND type IN ('index', "
              "'trigger') AND sql IS NOT NULL ORDER BY rowid",
       .params = {table}});
  for (const auto& row : objects.rows)
    kept_.push_back({.table = table, .kind = to_text(row[0]), .name = to_text(row[1]), .sql = to_text(row[2])});
}

void Keeper::restore(const std::string& table) {
  for (const auto& object : kept_)
    if (object.table == table && !exists(object)) make(object);
  std::erase_if(kept_, [&](const Object& object) { return object.table == table; });
  check_views_and_triggers(table);
  for (auto& object : std::exchange(broken_, {})) {
    object.table = table;
    make(object);
  }
}

bool Keeper::exists(const Object& object) {
  return !connection_
              .query({.sql = "SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?",
                      .params = {object.kind, object.name}})
              .empty();
}

void Keeper::make(const Object& object) {
  try {
    connection_.execute({.sql = object.sql});
  } catch (const StatementError& error) {
    throw Error(codes::statement_expectation,
                {.summary = fmt::format("the {} {} does not fit {} any more; the step was undone", object.kind,
                                        object.name, object.table),
                 .why = error.server().message,
                 .next = {fmt::format("drop it in this migration, before the change: on(\"sqlite\", sql(\"DROP {} "
                                      "{}\").reversed_by(\"…\"))",
                                      object.kind == "index" ? "INDEX" : "TRIGGER", object.name)}});
  }
}

// SQLite tests all views and triggers of the database when it renames a column, of whatever table.
std::string Keeper::complaint() {
  std::string why;
  connection_.execute({.sql = "CREATE TABLE dbctl_rebuild_check (a)"});
  try {
    connection_.execute({.sql = "ALTER TABLE dbctl_rebuild_check RENAME COLUMN a TO b"});
  } catch (const StatementError& error) {
    why = error.server().message;
  }
  connection_.execute({.sql = "DROP TABLE dbctl_rebuild_check"});
  return why;
}

// What did not work before is not this migration's doing, and would hide what is: SQLite tells of the first only. It is
// made again, just as broken, by `restore`. A view takes its triggers along.
void Keeper::set_aside_what_is_broken() {
  for (auto why = complaint(); !why.empty();) {
    const auto objects = connection_.query(
        {.sql = "SELECT o.type, o.name, o.sql FROM sqlite_master AS m JOIN sqlite_master AS o "
                "ON o.name = m.name OR (m.type = 'view' AND o.type = 'trigger' AND o.tbl_name = m.name) "
                "WHERE m.type IN ('view', 'trigger') AND o.type IN ('view', 'trigger') "
                "AND instr(?, 'error in ' || m.type || ' ' || m.name || ':') = 1 ORDER BY o.rowid",
         .params = {why}});
    if (objects.empty()) return;  // nothing of this database: `restore` tells of it
    const auto begin = broken_.size();
    for (const auto& row : objects.rows)
      broken_.push_back({.table = {}, .kind = to_text(row[0]), .name = to_text(row[1]), .sql = to_text(row[2])});
    for (auto i = begin; i < broken_.size(); ++i)
      if (exists(broken_[i]))
        connection_.execute(
            {.sql = fmt::format("DROP {} \"{}\"", broken_[i].kind, text::replace_all(broken_[i].name, "\"", "\"\""))});
    why = complaint();
  }
}

void Keeper::check_views_and_triggers(const std::string& table) {
  const auto why = complaint();
  if (why.empty()) return;
  throw Error(
      codes::statement_expectation,
      {.summary = fmt::format("a view or trigger does not work with {} as it would be; the step was undone", table),
       .why = why,
       .next = {"change or drop that view or trigger in this migration, before the change of the table"}});
}

}  // namespace dbctl::sqlite
