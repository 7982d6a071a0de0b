#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/schema/coerce.hpp"
#include "dbctl/schema/fold.hpp"
#include "schema/canonical_parts.hpp"

namespace dbctl::schema {
namespace {

using canon::list;
using canon::quoted;
using fmt::format;

/// Lines with their indentation.
class Text {
 public:
  void line(std::string_view text) { out_.append(2 * depth_, ' ').append(text).push_back('\n'); }
  template <class Body>
  void block(std::string_view head, const Body& body) {
    line(head);
    ++depth_;
    body();
    --depth_;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t depth_ = 0;
};

void body_of(Text& out, const Table& table) {
  if (!table.comment.empty()) out.line("comment " + quoted(table.comment));
  for (const auto& column : table.columns) out.line(canon::column(column));
  if (!table.primary_key.empty()) out.line("primary_key " + list(table.primary_key));
  for (const auto& unique : table.uniques) out.line(canon::unique(unique));
  for (const auto& key : table.foreign_keys) out.line(canon::foreign_key(key));
  for (const auto& check : table.checks) out.line(canon::check(check));
  for (const auto& index : table.indexes) out.line(canon::index(index));
}

/// Independent of the order in which the table came to be, and of how a default was written.
Table in_order(Table table) {
  const auto by_name = [](auto& items) { std::ranges::sort(items, {}, [](const auto& i) { return i.name; }); };
  by_name(table.columns);
  by_name(table.uniques);
  by_name(table.foreign_keys);
  by_name(table.checks);
  by_name(table.indexes);
  for (auto& column : table.columns) {
    try {
      column.default_value.value = coerce(column.default_value.value, column.type);
    } catch (const std::invalid_argument&) {
      continue;  // what a database reports need not fit; it is then written as it is
    }
  }
  return table;
}

/// Writes operations; everything that matters is a line, in the author's order. The size of a backfill's batches does
/// not: it changes how long it takes, not what it does.
class Writer {
 public:
  explicit Writer(Text& out) : out_(out) {}

  void operator()(const CreateTable& o) {
    out_.block("create_table " + quoted(o.table.name), [&] { body_of(out_, o.table); });
  }
  void operator()(const DropTable& o) { out_.line("drop_table " + quoted(o.table)); }
  void operator()(const RenameTable& o) { out_.line(format("rename_table {} {}", quoted(o.from), quoted(o.to))); }
  void operator()(const AddColumn& o) {
    out_.block("add_column " + quoted(o.table), [&] {
      out_.line(canon::column(o.column));
      for (const auto& unique : o.uniques) out_.line(canon::unique(unique));
      for (const auto& check : o.checks) out_.line(canon::check(check));
      for (const auto& key : o.foreign_keys) out_.line(canon::foreign_key(key));
    });
  }
  void operator()(const AlterColumn& o) {
    out_.block("alter_column " + quoted(o.table), [&] {
      out_.line(canon::column(o.column));
      if (!o.using_expression.empty()) out_.line("using " + quoted(o.using_expression));
    });
  }
  void operator()(const DropColumn& o) { named("drop_column", o.table, o.column); }
  void operator()(const RenameColumn& o) {
    out_.line(format("rename_column {} {} {}", quoted(o.table), quoted(o.from), quoted(o.to)));
  }
  void operator()(const AddForeignKey& o) { added(o.table, canon::foreign_key(o.key)); }
  void operator()(const DropForeignKey& o) { named("drop_foreign_key", o.table, o.name); }
  void operator()(const AddCheck& o) { added(o.table, canon::check(o.check)); }
  void operator()(const DropCheck& o) { named("drop_check", o.table, o.name); }
  void operator()(const AddUnique& o) { added(o.table, canon::unique(o.unique)); }
  void operator()(const DropUnique& o) { named("drop_unique", o.table, o.name); }
  void operator()(const CreateIndex& o) {
    added(o.table, canon::index(o.index) + (o.index.concurrently ? " concurrently" : ""));
  }
  void operator()(const DropIndex& o) {
    out_.line(format("drop_index {} {}{}", quoted(o.table), quoted(o.name), o.concurrently ? " concurrently" : ""));
  }
  void operator()(const RawSql& o) {
    out_.block("sql " + quoted(o.sql), [&] {
      if (!o.reversed_by.empty()) out_.line("reversed_by " + quoted(o.reversed_by));
      if (o.outside_transaction) out_.line("outside_transaction");
      if (o.repeatable) out_.line("repeatable");
      if (!o.done_when.empty())
        out_.line((o.done_when_empty ? "done_when_empty " : "done_when ") + quoted(o.done_when));
    });
  }
  void operator()(const InsertRows& o) { rows("insert_rows", o.table, o.columns, o.rows); }
  void operator()(const DeleteRows& o) { rows("delete_rows", o.table, o.columns, o.rows); }
  void operator()(const Backfill& o) {
    out_.block("backfill " + quoted(o.table), [&] {
      for (const auto& a : o.assignments) out_.line(format("set {} {}", quoted(a.column), quoted(a.expression)));
      if (!o.where.empty()) out_.line("where " + quoted(o.where));
      for (const auto& a : o.reversed_by)
        out_.line(format("reversed_by {} {}", quoted(a.column), quoted(a.expression)));
      if (o.keeps_data) out_.line("keeps_data");
    });
  }
  void operator()(const Only& o) {
    out_.block("on " + quoted(o.driver), [&] {
      for (const auto& op : o.operations) std::visit(*this, op.what);
    });
  }

 private:
  void added(std::string_view table, std::string_view what) { out_.line(format("add {} {}", quoted(table), what)); }
  void named(std::string_view verb, std::string_view table, std::string_view name) {
    out_.line(format("{} {} {}", verb, quoted(table), quoted(name)));
  }
  void rows(std::string_view verb, std::string_view table, const std::vector<std::string>& columns,
            const std::vector<Row>& rows) {
    out_.block(format("{} {} {}", verb, quoted(table), list(columns)), [&] {
      for (const auto& row : rows) out_.line(canon::row(row));
    });
  }

  Text& out_;
};

}  // namespace

std::string canonical(const std::vector<Operation>& operations) {
  Text out;
  for (const auto& op : operations) std::visit(Writer(out), op.what);
  return out.take();
}

std::string canonical(const Schema& schema) {
  Text out;
  for (const auto& [name, table] : schema.tables)
    out.block("table " + quoted(name), [&] { body_of(out, in_order(table)); });
  return out.take();
}

}  // namespace dbctl::schema
