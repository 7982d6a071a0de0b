#include "convert.hpp"

#include <algorithm>
#include <stdexcept>
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

std::string or_of(const std::string& a, const std::string& b) {
  return a.empty() || b.empty() ? a + b : a + " OR " + b;
}

/// A decimal's text as dbctl writes it: `-12.50`, never `+12.5`, `012.50` or `-0.00`.
std::string no_decimal(const Type& type, const std::string& column) {
  const auto point = type.scale == 0 ? 0U : type.scale + 1;
  auto condition = fmt::format(
      "{0} GLOB '--*' OR {0} GLOB '-*' AND {0} NOT GLOB '*[1-9]*' OR ltrim({0}, '-') GLOB '0[0-9]*' OR "
      "length(ltrim({0}, '-')) NOT BETWEEN {1} AND {2}",
      column, point + 1, std::max(whole_digits(type), 1U) + point);
  if (point == 0) return condition + fmt::format(" OR ltrim({0}, '-') GLOB '*[^0-9]*'", column);
  return condition + fmt::format(
                         " OR replace(ltrim({0}, '-'), '.', '') GLOB '*[^0-9]*' OR substr({0}, -{1}, 1) <> '.' OR "
                         "{0} LIKE '%.%.%'",
                         column, point);
}

/// A text that does not end in six digits of a second. The modifier lets SQLite compute: else it takes 30 February.
std::string no_time(const std::string& function, std::size_t length, const std::string& column) {
  return fmt::format(
      "{0}(substr({1}, 1, {2}), '+0 days') IS NOT substr({1}, 1, {2}) OR "
      "substr({1}, {3}) NOT GLOB '.[0-9][0-9][0-9][0-9][0-9][0-9]'",
      function, column, length, length + 1);
}

/// Values of the right class that are no values of the type, where neither the column's own check nor its declared type
/// keeps them out.
std::string unfit(const Type& type, const std::string& column) {
  switch (type.kind) {
    case TypeKind::boolean:
      return fmt::format("{} NOT IN (0, 1)", column);
    case TypeKind::smallint:
      return fmt::format("{} NOT BETWEEN -32768 AND 32767", column);
    case TypeKind::integer:
      return fmt::format("{} NOT BETWEEN -2147483648 AND 2147483647", column);
    case TypeKind::decimal:
      return is_number(type) ? beyond(type, column) : no_decimal(type, column);
    case TypeKind::uuid:
      return fmt::format(
          "{0} NOT LIKE '________-____-____-____-____________' OR replace({0}, '-', '') GLOB '*[^0-9a-f]*' OR "
          "length(replace({0}, '-', '')) <> 32",
          column);
    case TypeKind::date:
      return fmt::format("date({0}, '+0 days') IS NOT {0}", column);
    case TypeKind::time:
      return no_time("time", 8, column);
    case TypeKind::timestamp:
      return no_time("datetime", 19, column);
    case TypeKind::bigint:
    case TypeKind::real:
    case TypeKind::double_:
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
    case TypeKind::binary:
    case TypeKind::json:
    case TypeKind::text_array:
    case TypeKind::enumeration:
      return {};
  }
  throw std::logic_error("a type of no known kind");
}

/// Whether every value of the one is a value of the other, as it stands.
bool widens(const Type& from, const Type& to) {
  const auto bytes = [](TypeKind kind) { return kind == TypeKind::smallint ? 2 : kind == TypeKind::integer ? 4 : 8; };
  if (schema::is_whole_number(from.kind) && schema::is_whole_number(to.kind)) return bytes(from.kind) <= bytes(to.kind);
  return from.kind == TypeKind::boolean && schema::is_whole_number(to.kind);
}

/// A text's value in the spelling that the type has here: lower case, six digits of a second, all digits of the scale.
/// What is no such value stays as it is, to be found.
std::string spelled(const Type& to, const std::string& column) {
  const auto seconds = [&](std::size_t length) {
    return fmt::format("{0} || iif(length({0}) = {1}, '.000000', substr('000000', length({0}) - {1}))", column, length);
  };
  if (to.kind == TypeKind::uuid) return fmt::format("lower({})", column);
  if (to.kind == TypeKind::time) return seconds(8);
  if (to.kind == TypeKind::timestamp) return seconds(19);
  if (to.kind != TypeKind::decimal || is_number(to) || to.scale == 0) return column;
  return fmt::format("{0} || iif(instr({0}, '.') = 0, '.{1}', substr('{1}', length({0}) - instr({0}, '.') + 1))",
                     column, std::string(to.scale, '0'));
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
  if (is_number(to)) return {.value = column};
  if (schema::is_whole_number(from.kind)) return {.value = text_at_scale(0, to.scale, column)};
  const bool real = from.kind == TypeKind::real || from.kind == TypeKind::double_;
  return {.value = real ? formatted(to.scale, column) : spelled(to, column)};
}

Conversion own(const Type& from, const Type& to, const std::string& column) {
  const auto is = [&](TypeKind before, TypeKind after) { return from.kind == before && to.kind == after; };
  if (from.kind == TypeKind::decimal) return from_decimal(from, to, column);
  if (to.kind == TypeKind::decimal) return to_decimal(from, to, column);
  if (is(TypeKind::timestamp, TypeKind::date)) return {.value = fmt::format("substr({}, 1, 10)", column)};
  if (is(TypeKind::timestamp, TypeKind::time)) return {.value = fmt::format("substr({}, 12)", column)};
  if (is(TypeKind::date, TypeKind::timestamp)) return {.value = fmt::format("{} || ' 00:00:00.000000'", column)};
  return {.value = declared_type(from) == "TEXT" ? spelled(to, column) : column};
}

}  // namespace

std::string stored_value(const Type& to, const std::string& expression) {
  const bool whole = schema::is_whole_number(to.kind);
  if (whole || is_number(to))
    return fmt::format("iif(typeof({0}) = 'real', round({0}, {1}), {0})", expression, whole ? 0 : to.scale);
  if (to.kind != TypeKind::decimal) return expression;
  return fmt::format("CASE typeof({0}) WHEN 'real' THEN printf('%.{1}f', {0}) WHEN 'null' THEN NULL ELSE {2} END",
                     expression, to.scale, spelled(to, '(' + expression + ')'));
}

Conversion conversion(const Type& from, const Type& to, const std::string& column,
                      const std::string& using_expression) {
  if (from == to && using_expression.empty()) return {.value = column};
  Conversion result =
      using_expression.empty() ? own(from, to, column) : Conversion{.value = stored_value(to, using_expression)};
  if (using_expression.empty() && (from.kind == to.kind || widens(from, to)) && classes(from) == classes(to))
    return result;
  if (classes(from) != classes(to) || !using_expression.empty())
    result.unfit_after = fmt::format("typeof({}) NOT IN ({}, 'null')", column, classes(to));
  result.unfit_after = or_of(result.unfit_after, unfit(to, column));
  return result;
}

}  // namespace dbctl::sqlite
