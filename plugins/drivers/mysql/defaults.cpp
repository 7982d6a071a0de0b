#include "defaults.hpp"

#include <optional>
#include <stdexcept>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "expression.hpp"

namespace dbctl::mysql {
namespace {

using schema::Default;
using schema::TypeKind;

/// As MysqlDialect::now has it. The session's own time, current_timestamp, is another default.
bool is_now(const std::string& canonical, TypeKind kind) {
  if (kind == TypeKind::timestamp) return canonical == "utc_timestamp(6)";
  if (kind == TypeKind::date) return canonical == "utc_date()";
  return kind == TypeKind::time && canonical == "utc_time(6)";
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.e-") == std::string_view::npos;
}

unsigned nibble(char c) {
  return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

/// The digits of x'0a' and of unhex('0A').
std::optional<std::string> hexadecimal(const std::string& canonical) {
  for (const std::string_view opening : {"x'", "unhex('"})
    if (canonical.starts_with(opening)) {
      const auto end = canonical.find('\'', opening.size());
      const auto digits = text::lower(canonical.substr(opening.size(), end - opening.size()));
      if (digits.find_first_not_of("0123456789abcdef") == std::string::npos) return digits;
    }
  return std::nullopt;
}

std::string bytes_of(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(nibble(digits[i]) << 4U | nibble(digits[i + 1]));
  return bytes;
}

}  // namespace

Default default_of_text(const std::string& text, const schema::Type& type) {
  try {
    const auto value = type.kind == TypeKind::json ? Value(Json{text}) : Value(text);
    return {.kind = Default::Kind::value, .value = schema::coerce(value, type)};
  } catch (const std::invalid_argument&) {
    return {.kind = Default::Kind::expression, .expression = canonical_expression(text)};
  }
}

Default default_of_sql(const std::string& sql, const schema::Type& type) {
  const auto canonical = canonical_expression(sql);
  if (canonical == "null") return {};
  if (is_now(canonical, type.kind)) return {.kind = Default::Kind::now};
  if (const auto text = string_literal(canonical)) return default_of_text(*text, type);
  if (const auto digits = hexadecimal(canonical); digits && type.kind == TypeKind::binary)
    return default_of_text(bytes_of(*digits), type);
  if (is_number(canonical)) return default_of_text(canonical, type);
  return {.kind = Default::Kind::expression, .expression = canonical};
}

}  // namespace dbctl::mysql
