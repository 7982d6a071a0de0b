// What an operator should know: which locks are taken, what is read or rewritten while they are held.
#include <fmt/format.h>

#include "dialect.hpp"

namespace dbctl::postgresql {
namespace {

using schema::Schema;
using schema::TypeKind;
using Lines = std::vector<std::string>;

std::string exclusive(const std::string& table, std::string_view meanwhile = {}) {
  return fmt::format("ACCESS EXCLUSIVE lock on {}{}{}", table, meanwhile.empty() ? "" : " while it ", meanwhile);
}

bool is_text(const schema::Type& type) {
  return type.kind == TypeKind::text || type.kind == TypeKind::enumeration || type.kind == TypeKind::string;
}

/// Is the stored form of all values the same in both types?
bool keeps_rows(const schema::Type& from, const schema::Type& to) {
  if (from == to || (from.kind == to.kind && (from.kind == TypeKind::enumeration || from.kind == TypeKind::binary)))
    return true;
  if (is_text(from) && is_text(to))
    return to.kind != TypeKind::string || (from.kind == TypeKind::string && from.size <= to.size);
  return from.kind == TypeKind::decimal && to.kind == TypeKind::decimal && from.scale == to.scale &&
         from.size <= to.size;
}

Lines of(const schema::AddColumn& op, const Schema&) {
  const auto& column = op.column;
  const bool rewrites = column.auto_increment || column.generated.stored;
  Lines lines{exclusive(op.table, rewrites              ? "rewrites the table"
                                  : !op.uniques.empty() ? "builds the index"
                                  : op.checks.empty()   ? ""
                                                        : "reads all rows")};
  for (const auto& key : op.foreign_keys)
    lines.push_back(fmt::format("SHARE ROW EXCLUSIVE lock on {}", key.references));
  if (column.default_value.kind == schema::Default::Kind::expression)
    lines.push_back(fmt::format("rewrites {} if the default is volatile", op.table));
  return lines;
}

Lines of(const schema::AlterColumn& op, const Schema& before) {
  const auto* from = before.at(op.table).find_column(op.column.name);
  if (from == nullptr) return {};
  const auto& to = op.column;
  if (!op.using_expression.empty() || !keeps_rows(from->type, to.type) || from->generated != to.generated)
    return {exclusive(op.table, "rewrites the table and its indexes")};
  const bool checks =
      from->type != to.type && (to.type.kind == TypeKind::enumeration || to.type.kind == TypeKind::binary);
  if (from->collation != to.collation) return {exclusive(op.table, "builds its indexes anew")};
  return {exclusive(op.table, checks || (from->nullable && !to.nullable) ? "reads all rows" : "")};
}

Lines of(const schema::AddForeignKey& op, const Schema&) {
  const auto tables = op.table == op.key.references ? op.table : op.table + " and " + op.key.references;
  return {fmt::format("SHARE ROW EXCLUSIVE lock on {} while it reads all rows of {}", tables, op.table)};
}

Lines of(const schema::CreateIndex& op, const Schema&) {
  if (op.index.concurrently)
    return {fmt::format("waits for all older transactions that use {}", op.table),
            fmt::format("leaves the INVALID index {} behind if it fails", op.index.name)};
  return {fmt::format("SHARE lock on {}: no writes while the index is built", op.table)};
}

Lines of(const schema::DropIndex& op, const Schema&) {
  if (op.concurrently) return {fmt::format("waits for all transactions that use {}", op.table)};
  return {exclusive(op.table)};
}

Lines of(const schema::AddCheck& op, const Schema&) {
  return {exclusive(op.table, "reads all rows")};
}
Lines of(const schema::AddUnique& op, const Schema&) {
  return {exclusive(op.table, "builds the index")};
}
Lines of(const schema::RenameTable& op, const Schema&) {
  return {exclusive(op.from)};
}
Lines of(const schema::DropTable& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::DropColumn& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::RenameColumn& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::DropForeignKey& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::DropCheck& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::DropUnique& op, const Schema&) {
  return {exclusive(op.table)};
}
Lines of(const schema::CreateTable&, const Schema&) {
  return {};
}
Lines of(const schema::RawSql&, const Schema&) {
  return {};
}
Lines of(const schema::InsertRows&, const Schema&) {
  return {};
}
Lines of(const schema::DeleteRows&, const Schema&) {
  return {};
}
Lines of(const schema::Backfill&, const Schema&) {
  return {};
}
Lines of(const schema::Only&, const Schema&) {
  return {};
}

}  // namespace

std::vector<std::string> lock_hazards(const schema::Operation& operation, const Schema& before) {
  return std::visit([&](const auto& op) { return of(op, before); }, operation.what);
}

}  // namespace dbctl::postgresql
