#include "journal/tables.hpp"

namespace dbctl::journal::tables {
namespace {

using schema::Column;
using schema::Table;
using schema::TypeKind;

Column column(std::string name, TypeKind kind, std::uint32_t size = 0) {
  return {.name = std::move(name), .type = {kind, size, 0, {}}};
}
// 64 hexadecimal digits, 128 characters for names: short enough for every database's limit on keys.
Column digest(std::string name) {
  return column(std::move(name), TypeKind::string, 64);
}
Column text128(std::string name) {
  return column(std::move(name), TypeKind::string, 128);
}
Column text(std::string name) {
  return column(std::move(name), TypeKind::text);
}
Column number(std::string name) {
  return column(std::move(name), TypeKind::bigint);
}
Column when(std::string name) {
  return column(std::move(name), TypeKind::timestamp);
}

Table table(std::string name, std::vector<Column> columns, std::vector<std::string> key) {
  return {.name = std::move(name), .columns = std::move(columns), .primary_key = std::move(key)};
}

}  // namespace

const Table& meta() {
  static const Table t = table("dbctl_meta", {text128("name"), text("value")}, {"name"});
  return t;
}

const Table& migrations() {
  static const Table t = table("dbctl_migrations",
                               {text128("domain"), column("version", TypeKind::string, 14), text128("name"),
                                digest("checksum"), number("batch"), when("applied_at"), number("duration_ms")},
                               {"domain", "version"});
  return t;
}

const Table& progress() {
  static const Table t =
      table("dbctl_progress",
            {number("id"), text128("domain"), column("version", TypeKind::string, 14), text128("name"),
             column("direction", TypeKind::string, 4), number("done"), column("intent", TypeKind::boolean),
             number("batch"), text("hashes"), text("position"), text("evidence"), text("halted"), when("started_at")},
            {"id"});
  return t;
}

const Table& history() {
  static const Table t =
      table("dbctl_history",
            {number("number"), column("event", TypeKind::string, 16), text128("domain"),
             column("version", TypeKind::string, 14), text128("name"), when("at"), number("duration_ms"),
             text128("who"), text128("host"), column("dbctl_version", TypeKind::string, 32), text("detail"),
             digest("previous"), digest("hash")},
            {"number"});
  return t;
}

const Table& reverses() {
  static const Table t =
      table("dbctl_reverses", {text128("domain"), column("version", TypeKind::string, 14), text("plan")},
            {"domain", "version"});
  return t;
}

const Table& seeds() {
  static const Table t =
      table("dbctl_seeds",
            {text128("seeder"), text128("table_name"), digest("row_key"), text("column_names"), digest("content")},
            {"seeder", "table_name", "row_key"});
  return t;
}

const Table& lock() {
  static const Table t = table(
      "dbctl_lock", {number("id"), number("token"), number("counter"), text("holder"), text("work_session")}, {"id"});
  return t;
}

const std::vector<const Table*>& all() {
  static const std::vector<const Table*> list = {&migrations(), &progress(), &history(), &reverses(),
                                                 &seeds(),      &lock(),     &meta()};
  return list;
}

}  // namespace dbctl::journal::tables
