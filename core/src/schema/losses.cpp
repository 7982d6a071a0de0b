#include <algorithm>

#include <fmt/format.h>

#include "dbctl/schema/fold.hpp"
#include "schema/facts.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema {
namespace {

using Lines = std::vector<std::string>;

/// 0: no limit.
std::uint32_t longest(const Type& type) {
  return type.kind == TypeKind::text ? 0 : type.size;
}

bool same_kind_holds_all(const Type& from, const Type& to) {
  switch (from.kind) {
    case TypeKind::decimal:
      return to.scale >= from.scale && to.size - to.scale >= from.size - from.scale;
    case TypeKind::binary:
      return to.size == 0 || (from.size != 0 && to.size >= from.size);
    case TypeKind::character:
      return to.size >= from.size;
    case TypeKind::string:
      return to.size >= from.size;
    case TypeKind::enumeration:
      return std::ranges::all_of(from.values, [&](const std::string& value) {
        return std::ranges::find(to.values, value) != to.values.end();
      });
    default:
      return true;
  }
}

/// Whether every value of `from` is, unchanged, a value of `to`.
bool holds_all(const Type& from, const Type& to) {
  if (from.kind == to.kind) return same_kind_holds_all(from, to);
  if (is_whole_number(from.kind) && is_whole_number(to.kind)) return from.kind < to.kind;
  if (from.kind == TypeKind::real) return to.kind == TypeKind::double_;
  if (to.kind == TypeKind::text) return is_words(from.kind);
  if (from.kind == TypeKind::character && to.kind == TypeKind::string) return longest(to) >= from.size;
  return false;
}

Lines of_alter(const AlterColumn& o, const Schema& before) {
  const auto& old = rules::column(before.at(o.table), o.column.name);
  const auto where = fmt::format("{}.{}", o.table, old.name);
  if (!o.using_expression.empty())
    return {fmt::format("the values of {} from before the conversion {}", where, o.using_expression)};
  if (holds_all(old.type, o.column.type)) return {};
  return {fmt::format("what {} does not hold of {}, which was {}", to_text(o.column.type), where, to_text(old.type))};
}

Lines of_backfill(const Backfill& o) {
  Lines out;
  if (o.keeps_data)
    for (const auto& a : o.assignments)
      out.push_back(fmt::format("the values of {}.{} from before the backfill", o.table, a.column));
  return out;
}

Lines of_only(const Only& o, Schema before) {
  Lines out;
  for (const auto& op : o.operations) {
    for (auto& line : losses(op, before)) out.push_back(std::move(line));
    before = apply(std::move(before), op);
  }
  return out;
}

}  // namespace

std::vector<std::string> losses(const Operation& operation, const Schema& before) {
  return std::visit(overloaded{
                        [](const CreateTable&) { return Lines{}; },
                        [](const DropTable& o) { return Lines{fmt::format("the rows of {}", o.table)}; },
                        [](const RenameTable&) { return Lines{}; },
                        [](const AddColumn&) { return Lines{}; },
                        [&](const AlterColumn& o) { return of_alter(o, before); },
                        [&](const DropColumn& o) {
                          const auto& column = rules::column(before.at(o.table), o.column);
                          if (is_generated(column)) return Lines{};
                          return Lines{fmt::format("the values of {}.{}", o.table, o.column)};
                        },
                        [](const RenameColumn&) { return Lines{}; },
                        [](const AddForeignKey&) { return Lines{}; },
                        [](const DropForeignKey&) { return Lines{}; },
                        [](const AddCheck&) { return Lines{}; },
                        [](const DropCheck&) { return Lines{}; },
                        [](const AddUnique&) { return Lines{}; },
                        [](const DropUnique&) { return Lines{}; },
                        [](const CreateIndex&) { return Lines{}; },
                        [](const DropIndex&) { return Lines{}; },
                        [](const RawSql&) { return Lines{}; },
                        [](const InsertRows&) { return Lines{}; },
                        [](const DeleteRows&) { return Lines{}; },
                        [](const Backfill& o) { return of_backfill(o); },
                        [&](const Only& o) { return of_only(o, before); },
                    },
                    operation.what);
}

}  // namespace dbctl::schema
