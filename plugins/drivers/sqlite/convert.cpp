#include "convert.hpp"

#include <vector>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "types.hpp"

namespace dbctl::sqlite {
namespace {

using schema::Type;
using schema::TypeKind;

/// The classes of values, as typeof() calls them, that belong in a column.
std::string classes(const Type& type) {
  const auto declared = declared_type(type);
  if (declared == "REAL") return "'real'";
  if (declared == "TEXT") return "'text'";
  if (declared == "BLOB") return "'blob'";
  return declared.starts_with("NUMERIC") ? "'integer', 'real'" : "'integer'";
}

bool is_number(const Type& type) {
  return type.kind == TypeKind::decimal && !decimal_as_text(type);
}
std::uint32_t whole_digits(const Type& type) {
  return type.size - type.scale;
}
std::string power_of_ten(std::uint32_t digits) {
  return '1' + std::string(digits, '0');
}

/// Numbers that do not fit a NUMERIC(p, s).
std::string beyond(const Type& type, const std::string& column) {
  return fmt::format("abs({0}) >= {1} OR round({0}, {2}) <> {0}", column, power_of_ten(whole_digits(type)), type.scale);
}

/// The same for decimals that are texts of `from.scale` digits after the point.
std::string text_beyond(const Type& from, const Type& to, const std::string& column) {
  std::vector<std::string> conditions;
  const auto point = from.scale == 0 ? 0U : from.scale + 1;
  if (whole_digits(to) < whole_digits(from))
    conditions.push_back(fmt::format("length(ltrim({}, '-')) - {} > {}", column, point, whole_digits(to)));
  if (to.scale < from.scale)
    conditions.push_back(fmt::format("rtrim(substr({}, -{}), '0') <> ''", column, from.scale - to.scale));
  return text::join(conditions, " OR ");
}

/// A decimal's text with more or fewer digits after the point.
std::string text_at_scale(std::uint32_t from, std::uint32_t to, const std::string& column) {
  if (to > from) return fmt::format("{} || '{}{}'", column, from == 0 ? "." : "", std::string(to - from, '0'));
  if (to == from) return column;
  return fmt::format("substr({0}, 1, length({0}) - {1})", column, from - to + (to == 0 ? 1 : 0));
}

std::string formatted(std::uint32_t scale, const std::string& column) {
  return fmt::format("iif({0} IS NULL, NULL, printf('%.{1}f', {0}))", column, scale);
}

Conversion from_decimal(const Type& from, const Type& to, const std::string& column) {
  const bool to_decimal = to.kind == TypeKind::decimal;
  if (decimal_as_text(from)) {
    if (!to_decimal) return {.value = column};
    return {.value = is_number(to) ? column : text_at_scale(from.scale, to.scale, column),
            .unfit_before = text_beyond(from, to, column)};
  }
  if (declared_type(to) == "TEXT")
    return {.value = formatted(to_decimal ? to.scale : from.scale, column),
            .unfit_before = to_decimal && to.scale < from.scale ? beyond(to, column) : ""};
  const bool narrower = to_decimal && (to.scale < from.scale || whole_digits(to) < whole_digits(from));
  return {.value = column, .unfit_before = narrower ? beyond(to, column) : ""};
}

Conversion to_decimal(const Type& from, const Type& to, const std::string& column) {
  if (is_number(to)) return {.value = column, .unfit_after = beyond(to, column)};
  if (schema::is_whole_number(from.kind)) return {.value = text_at_scale(0, to.scale, column)};
  const bool real = from.kind == TypeKind::real || from.kind == TypeKind::double_;
  return {.value = real ? formatted(to.scale, column) : column};
}

Conversion own(const Type& from, const Type& to, const std::string& column) {
  const auto is = [&](TypeKind before, TypeKind after) { return from.kind == before && to.kind == after; };
  if (from.kind == TypeKind::decimal) return from_decimal(from, to, column);
  if (to.kind == TypeKind::decimal) return to_decimal(from, to, column);
  if (is(TypeKind::timestamp, TypeKind::date)) return {.value = fmt::format("substr({}, 1, 10)", column)};
  if (is(TypeKind::timestamp, TypeKind::time)) return {.value = fmt::format("substr({}, 12)", column)};
  if (is(TypeKind::date, TypeKind::timestamp)) return {.value = fmt::format("{} || ' 00:00:00.000000'", column)};
  return {.value = column};
}

/// The author's expression; a real number is rounded to what the column holds, as other databases do when they store
/// it.
Conversion given(const Type& to, const std::string& expression, const std::string& column) {
  const bool whole = schema::is_whole_number(to.kind);
  if (!whole && !is_number(to)) return {.value = expression};
  return {.value = fmt::format("iif(typeof({0}) = 'real', round({0}, {1}), {0})", expression, whole ? 0 : to.scale),
          .unfit_after = whole ? "" : beyond(to, column)};
}

}  // namespace

Conversion conversion(const Type& from, const Type& to, const std::string& column,
                      const std::string& using_expression) {
  if (from == to && using_expression.empty()) return {.value = column};
  Conversion result = using_expression.empty() ? own(from, to, column) : given(to, using_expression, column);
  if (classes(from) == classes(to) && using_expression.empty()) return result;
  const auto foreign = fmt::format("typeof({}) NOT IN ({}, 'null')", column, classes(to));
  result.unfit_after = foreign + (result.unfit_after.empty() ? "" : " OR " + result.unfit_after);
  return result;
}

}  // namespace dbctl::sqlite
