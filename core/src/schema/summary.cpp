#include <fmt/format.h>

#include "base/utf8.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/operation.hpp"

namespace dbctl::schema {
namespace {

constexpr std::size_t shown_sql = 60;

std::string one_line(std::string_view sql) {
  std::string out;
  for (const char c : text::trim(sql)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank)
      out.push_back(c);
    else if (!out.empty() && out.back() != ' ')
      out.push_back(' ');
  }
  if (out.size() <= shown_sql) return out;
  return fmt::format("{}...", utf8::prefix(out, shown_sql - 3));
}

std::string rows_of(const std::vector<Row>& rows) {
  return text::count(rows.size(), "row");
}

std::string only_text(const Only& only) {
  std::vector<std::string> inner;
  for (const auto& op : only.operations) inner.push_back(summary(op));
  return fmt::format("on({}) {}", only.driver, inner.empty() ? "nothing" : text::join(inner, "; "));
}

}  // namespace

std::string summary(const Operation& operation) {
  using fmt::format;
  return std::visit(
      overloaded{
          [](const CreateTable& o) { return format("create_table {}", o.table.name); },
          [](const DropTable& o) { return format("drop_table {}", o.table); },
          [](const RenameTable& o) { return format("rename_table {} to {}", o.from, o.to); },
          [](const AddColumn& o) { return format("add_column {}.{}", o.table, o.column.name); },
          [](const AlterColumn& o) { return format("alter_column {}.{}", o.table, o.column.name); },
          [](const DropColumn& o) { return format("drop_column {}.{}", o.table, o.column); },
          [](const RenameColumn& o) { return format("rename_column {}.{} to {}", o.table, o.from, o.to); },
          [](const AddForeignKey& o) { return format("add_foreign_key {}.{}", o.table, o.key.name); },
          [](const DropForeignKey& o) { return format("drop_foreign_key {}.{}", o.table, o.name); },
          [](const AddCheck& o) { return format("add_check {}.{}", o.table, o.check.name); },
          [](const DropCheck& o) { return format("drop_check {}.{}", o.table, o.name); },
          [](const AddUnique& o) { return format("add_unique {}.{}", o.table, o.unique.name); },
          [](const DropUnique& o) { return format("drop_unique {}.{}", o.table, o.name); },
          [](const CreateIndex& o) { return format("create_index {}.{}", o.table, o.index.name); },
          [](const DropIndex& o) { return format("drop_index {}.{}", o.table, o.name); },
          [](const RawSql& o) { return format("sql {}", one_line(o.sql)); },
          [](const InsertRows& o) { return format("insert_rows {} ({})", o.table, rows_of(o.rows)); },
          [](const DeleteRows& o) { return format("delete_rows {} ({})", o.table, rows_of(o.rows)); },
          [](const Backfill& o) {
            std::vector<std::string> columns;
            for (const auto& a : o.assignments) columns.push_back(a.column);
            return format("backfill {}.{}", o.table, fmt::join(columns, ","));
          },
          [](const Only& o) { return only_text(o); },
      },
      operation.what);
}

}  // namespace dbctl::schema
