#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::sql {
namespace {

std::string quoted(std::string_view s) {
  return '\'' + text::replace_all(std::string(s), "'", "''") + '\'';
}

// The shortest text that reads back as the same number, always recognisable as a floating literal.
std::string real(double number) {
  if (!std::isfinite(number))
    throw Unsupported({.summary = fmt::format("the real number {} cannot be written as SQL", number),
                       .why = "standard SQL has no literal for infinities and NaN",
                       .next = {"use a finite number, or a default_expression in the database's own SQL"}});
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  std::string digits(buffer.data(), end);
  return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
}

std::string hexadecimal(std::string_view bytes) {
  std::string digits;
  digits.reserve(bytes.size() * 2);
  for (const char c : bytes) fmt::format_to(std::back_inserter(digits), "{:02X}", static_cast<unsigned char>(c));
  return fmt::format("X'{}'", digits);
}

}  // namespace

std::string AnsiDialect::literal(const Value& value) const {
  return std::visit(schema::overloaded{
                        [](Null) -> std::string { return "NULL"; },
                        [](bool truth) -> std::string { return truth ? "TRUE" : "FALSE"; },
                        [](std::int64_t number) { return std::to_string(number); },
                        [](double number) { return real(number); },
                        [](const std::string& s) { return quoted(s); },
                        [](const Decimal& number) { return number.text; },
                        [](const Uuid& uuid) { return quoted(uuid.text); },
                        [](const Date& date) { return quoted(date.text); },
                        [](const Time& time) { return quoted(time.text); },
                        [](const Timestamp& timestamp) { return quoted(timestamp.text); },
                        [](const Json& json) { return quoted(json.text); },
                        [](const TextArray& array) { return quoted(to_json(array)); },
                        [](const Bytes& bytes) { return hexadecimal(bytes.data); },
                    },
                    value);
}

}  // namespace dbctl::sql
