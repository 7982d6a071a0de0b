#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "dbctl/schema/coerce.hpp"
#include "schema/facts.hpp"
#include "schema/identifiers.hpp"
#include "schema/rules.hpp"

namespace dbctl::schema::rules {
namespace {

bool is_temporal(TypeKind kind) {
  return kind == TypeKind::date || kind == TypeKind::time || kind == TypeKind::timestamp;
}

void enumeration_holds(const std::string& where, const std::vector<std::string>& values) {
  if (values.empty()) refuse(fmt::format("{} is an enumeration without values", where));
  for (auto it = values.begin(); it != values.end(); ++it)
    if (std::find(values.begin(), it, *it) != it)
      refuse(fmt::format("{} is an enumeration that has '{}' twice", where, *it));
}

void type_holds(const std::string& where, const Type& type) {
  switch (type.kind) {
    case TypeKind::string:
    case TypeKind::character:
      if (type.size == 0) refuse(fmt::format("{} is {}, which holds nothing", where, to_text(type)));
      break;
    case TypeKind::decimal:
      if (type.size == 0 || type.scale > type.size)
        refuse(fmt::format("{} is {}: the digits after the point are part of all digits", where, to_text(type)),
               {"decimal<12,2> has 12 digits, 2 of them after the point."});
      break;
    case TypeKind::enumeration:
      enumeration_holds(where, type.values);
      break;
    default:
      break;
  }
}

void default_value_holds(const std::string& where, Column& column) {
  auto& given = column.default_value;
  try {
    given.value = coerce(given.value, column.type);
  } catch (const std::invalid_argument& e) {
    refuse(fmt::format("the default of {} does not fit: {}", where, e.what()));
  }
  if (!is_null(given.value)) return;
  if (!column.nullable) refuse(fmt::format("the default of {} is NULL, but the column is not nullable", where));
  given = {};
}

void default_holds(const std::string& where, Column& column) {
  switch (column.default_value.kind) {
    case Default::Kind::none:
      break;
    case Default::Kind::value:
      default_value_holds(where, column);
      break;
    case Default::Kind::now:
      if (!is_temporal(column.type.kind))
        refuse(fmt::format("{} is {}, which cannot default to now", where, to_text(column.type)));
      break;
    case Default::Kind::expression:
      if (column.default_value.expression.empty()) refuse(fmt::format("the default of {} is empty", where));
      break;
  }
}

void combination_holds(const std::string& where, const Column& column) {
  const bool has_default = column.default_value.kind != Default::Kind::none;
  if (is_generated(column) && has_default) refuse(fmt::format("{} is generated, so it cannot have a default", where));
  if (is_generated(column) && column.auto_increment)
    refuse(fmt::format("{} is generated, so it cannot count by itself", where));
  if (identifiers::mentions(column.generated.expression, column.name))
    refuse(fmt::format("{} is computed from itself", where));
  if (column.auto_increment && has_default)
    refuse(fmt::format("{} counts by itself, so it cannot have a default", where));
  if (!column.collation.empty() && !is_words(column.type.kind))
    refuse(fmt::format("{} is {}, which has no collation", where, to_text(column.type)));
}

void auto_increment_holds(const Table& table, const Column& column) {
  const auto where = fmt::format("{}.{}", table.name, column.name);
  if (!is_whole_number(column.type.kind))
    refuse(fmt::format("{} is {}: only whole numbers count by themselves", where, to_text(column.type)));
  if (table.primary_key != std::vector{column.name})
    refuse(fmt::format("{} counts by itself, so it must be the primary key", where));
}

}  // namespace

Column column_in_canonical_form(std::string_view table, Column column) {
  name_fits(column.name, fmt::format("a column of {}", table));
  const auto where = fmt::format("{}.{}", table, column.name);
  type_holds(where, column.type);
  combination_holds(where, column);
  default_holds(where, column);
  return column;
}

void keys_hold(const Table& table) {
  const auto counting = std::ranges::count_if(table.columns, &Column::auto_increment);
  if (counting > 1) refuse(fmt::format("{} has {} auto-increment columns, one is the most", table.name, counting));
  if (!table.primary_key.empty()) columns_exist(table, table.primary_key, "the primary key");
  for (const auto& column : table.columns) {
    if (column.auto_increment) auto_increment_holds(table, column);
    if (!contains(table.primary_key, column.name)) continue;
    const auto where = fmt::format("{}.{}", table.name, column.name);
    if (column.nullable) refuse(fmt::format("{} is nullable, so it cannot be in the primary key", where));
    if (is_generated(column)) refuse(fmt::format("{} is generated, so it cannot be in the primary key", where));
  }
}

}  // namespace dbctl::schema::rules
