#include "property/operations.hpp"

#include <array>
#include <ostream>

#include <fmt/format.h>

namespace dbctl::schema::testing {
namespace {

const std::array types{Type{.kind = TypeKind::integer},
                       Type{.kind = TypeKind::integer},
                       Type{.kind = TypeKind::integer},
                       Type{.kind = TypeKind::bigint},
                       Type{.kind = TypeKind::text},
                       Type{.kind = TypeKind::string, .size = 20},
                       Type{.kind = TypeKind::decimal, .size = 8, .scale = 2}};

template <class List>
const auto& pick(const List& list, std::uint32_t n) {
  return list[n % list.size()];
}

std::string free_name(char prefix, std::uint32_t n) {
  return fmt::format("{}{}", prefix, n % 4);
}

/// Builds one operation; `a` chooses the table, `b` and `c` what is in it.
class Builder {
 public:
  Builder(const Choice& choice, const Schema& schema) : a_(choice.a), b_(choice.b), c_(choice.c), schema_(schema) {}

  Operation::Variant build(std::uint32_t kind) const {
    switch (kind) {
      case 0:
        return CreateTable{new_table()};
      case 1:
        return DropTable{table()};
      case 2:
        return RenameTable{table(), free_name('t', b_)};
      case 3:
        return new_column();
      case 4:
        return AlterColumn{table(), definition(column())};
      case 5:
        return DropColumn{table(), column()};
      case 6:
        return RenameColumn{table(), column(), free_name('c', c_)};
      case 7:
        return AddForeignKey{table(), foreign_key(column())};
      case 8:
        return DropForeignKey{table(), existing(&Table::foreign_keys)};
      case 9:
        return AddCheck{table(), check(column())};
      case 10:
        return DropCheck{table(), existing(&Table::checks)};
      case 11:
        return AddUnique{table(), unique(column())};
      case 12:
        return DropUnique{table(), existing(&Table::uniques)};
      case 13:
        return CreateIndex{table(), index()};
      case 14:
        return DropIndex{table(), existing(&Table::indexes), c_ % 2 == 0};
      case 15:
        return RawSql{.sql = "select 1", .reversed_by = "select 2"};
      case 16:
        return whole_rows<InsertRows>(false);
      case 17:
        return whole_rows<DeleteRows>(true);
      default:
        return Backfill{.table = table(), .assignments = {{column(), "1"}}, .keeps_data = true};
    }
  }

 private:
  const Table* target() const {
    if (schema_.tables.empty()) return nullptr;
    return &std::next(schema_.tables.begin(), static_cast<std::ptrdiff_t>(a_ % schema_.tables.size()))->second;
  }
  std::string table() const { return target() ? target()->name : "t0"; }
  std::string column() const { return target() ? pick(target()->columns, b_).name : "c0"; }
  template <class Item>
  std::string existing(std::vector<Item> Table::*list) const {
    return target() && !(target()->*list).empty() ? pick(target()->*list, b_).name : "none";
  }
  std::string name(std::string_view prefix) const { return fmt::format("{}_{}_{}", prefix, b_ % 8, c_ % 8); }

  Column definition(std::string name) const {
    Column out{.name = std::move(name), .type = pick(types, c_), .nullable = c_ % 3 != 0};
    if (c_ % 7 == 1 && is_whole_number(out.type.kind))
      out.default_value = {.kind = Default::Kind::value, .value = std::int64_t{c_ % 5}};
    if (c_ % 11 == 2) out.generated = {.expression = "id + 1", .stored = true};
    return out;
  }
  Table new_table() const {
    return {.name = free_name('t', a_),
            .columns = {{.name = "id", .type = types[0]}, definition("c0"), definition("c1")},
            .primary_key = {"id"},
            .uniques = {{name("uq"), {"c0", "c1"}}},
            .foreign_keys = {{.name = name("fk"),
                              .columns = {"id"},
                              .references = free_name('t', a_),
                              .references_columns = {"id"}}},
            .checks = {check("c1")},
            .indexes = {{.name = name("idx"), .parts = {{.column = "c0"}}, .where = "c1 > 0"}}};
  }
  AddColumn new_column() const {
    const auto added = free_name('c', b_);
    AddColumn out{.table = table(), .column = definition(added)};
    if (c_ % 11 == 2) out.column.generated.expression = column() + " + id";
    if (c_ % 2 == 0) out.uniques = {unique(added)};
    if (c_ % 3 == 0) out.checks = {check(added), {name("ck2"), "id > 0"}};
    if (c_ % 5 == 0) out.foreign_keys = {foreign_key(added)};
    return out;
  }
  Unique unique(std::string column) const { return {name("uq"), {std::move(column)}}; }
  Check check(const std::string& column) const {
    return {name("ck"), fmt::format("{} > 0 AND id <> 5 OR '{}' = ''", column, column)};
  }
  ForeignKey foreign_key(std::string column) const {
    return {.name = name("fk"),
            .columns = {std::move(column)},
            .references = a_ % 2 == 0 ? table() : free_name('t', c_),
            .references_columns = {c_ % 3 == 0 ? free_name('c', b_) : "id"}};
  }
  Index index() const {
    Index out{.name = name("idx"), .parts = {{.column = column(), .descending = c_ % 2 == 0}}, .unique = c_ % 3 == 0};
    out.concurrently = c_ % 5 == 0;
    if (b_ % 3 == 0) out.parts.push_back({.expression = fmt::format("lower({})", column())});
    if (b_ % 4 == 0) out.where = column() + " > 0";
    return out;
  }
  template <class Rows>
  Rows whole_rows(bool generated) const {
    Rows out{.table = table(), .rows = {{}}};
    if (!target()) return out;
    for (const auto& column : target()->columns) {
      if (!generated && !column.generated.expression.empty()) continue;
      out.columns.push_back(column.name);
      const bool words = column.type.kind == TypeKind::text || column.type.kind == TypeKind::string;
      out.rows[0].push_back(words ? Value(std::string("x")) : Value(std::int64_t{1}));
    }
    return out;
  }

  std::uint32_t a_, b_, c_;
  const Schema& schema_;
};

}  // namespace

std::ostream& operator<<(std::ostream& out, const Choice& choice) {
  return out << fmt::format("{{{}, {}, {}, {}, {}}}", choice.kind % operation_kinds, choice.a, choice.b, choice.c,
                            choice.only);
}

Operation operation(const Choice& choice, const Schema& schema) {
  return {.what = Builder(choice, schema).build(choice.kind % operation_kinds)};
}

}  // namespace dbctl::schema::testing
