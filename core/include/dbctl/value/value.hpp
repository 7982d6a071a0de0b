#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dbctl/base/export.hpp"

/// A value on its way to or from a database. Numbers that must be exact and everything temporal travel as text in one
/// canonical form, so that no driver rounds them.
namespace dbctl {

struct Null {
  bool operator==(const Null&) const = default;
};
/// `-?digits[.digits]`, no exponent, no leading zeros ("0.5" has one), trailing zeros kept: the scale is meant.
struct Decimal {
  std::string text;
  bool operator==(const Decimal&) const = default;
};
struct Uuid {
  std::string text;  ///< 36 characters, lower case
  bool operator==(const Uuid&) const = default;
};
struct Date {
  std::string text;  ///< 2024-01-15
  bool operator==(const Date&) const = default;
};
struct Time {
  std::string text;  ///< 09:00:00.000000
  bool operator==(const Time&) const = default;
};
struct Timestamp {
  std::string text;  ///< 2024-01-15 09:00:00.000000, UTC, always six fractional digits
  bool operator==(const Timestamp&) const = default;
};
struct Json {
  std::string text;  ///< as written; two texts with the same content compare unequal here, see schema::coerce
  bool operator==(const Json&) const = default;
};
struct TextArray {
  std::vector<std::string> items;
  bool operator==(const TextArray&) const = default;
};
struct Bytes {
  std::string data;
  bool operator==(const Bytes&) const = default;
};

using Value = std::variant<Null, bool, std::int64_t, double, std::string, Decimal, Uuid, Date, Time, Timestamp, Json,
                           TextArray, Bytes>;

using Row = std::vector<Value>;

/// A whole result, for small ones.
struct Rows {
  std::vector<std::string> columns;
  std::vector<Row> rows;

  bool empty() const noexcept { return rows.empty(); }
  std::size_t size() const noexcept { return rows.size(); }
};

inline bool is_null(const Value& v) noexcept {
  return std::holds_alternative<Null>(v);
}

/// For people and for keys: `NULL`, `true`, `42`, `999.00`, text as it is, arrays and bytes as JSON and hexadecimal.
DBCTL_API std::string to_text(const Value& value);
/// Whole numbers, booleans as 0 and 1, and numeric text ("42", "42.00"); throws std::invalid_argument otherwise.
DBCTL_API std::int64_t to_int(const Value& value);
/// A JSON array of strings, as text arrays are stored where there is no array type, and back.
DBCTL_API std::string to_json(const TextArray& array);
DBCTL_API TextArray text_array_from_json(std::string_view json);

}  // namespace dbctl
