#include "values.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>

#include "dbctl/schema/operation.hpp"

namespace dbctl::postgresql {
namespace {

namespace oid {
constexpr Oid boolean = 16, bytea = 17, int8 = 20, int2 = 21, int4 = 23, oid = 26, json = 114, float4 = 700,
              float8 = 701, name_array = 1003, text_array = 1009, char_array = 1014, varchar_array = 1015, date = 1082,
              time = 1083, timestamp = 1114, timestamptz = 1184, numeric = 1700, uuid = 2950, jsonb = 3802;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Does `text` look like `pattern`, where 0 stands for a digit?
bool matches(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (pattern[i] == '0' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  return true;
}

int number(std::string_view digits) {
  int n = 0;
  for (const char c : digits) n = n * 10 + (c - '0');
  return n;
}

/// `.5` or nothing at the front of `rest`, as six digits; `rest` is what follows.
std::optional<std::string> take_fraction(std::string_view& rest) {
  std::string digits;
  if (rest.starts_with('.')) {
    std::size_t end = 1;
    while (end < rest.size() && is_digit(rest[end])) ++end;
    digits = rest.substr(1, end - 1);
    if (digits.empty() || digits.size() > 6) return std::nullopt;
    rest.remove_prefix(end);
  }
  digits.resize(6, '0');
  return digits;
}

/// `+02`, `-03:30`, `+00:19:32` or nothing, as seconds east of UTC.
std::optional<std::chrono::seconds> zone(std::string_view text) {
  if (text.empty()) return std::chrono::seconds{0};
  const auto rest = text.substr(1);
  if ((text[0] != '+' && text[0] != '-') ||
      (!matches(rest, "00") && !matches(rest, "00:00") && !matches(rest, "00:00:00")))
    return std::nullopt;
  int seconds = number(rest.substr(0, 2)) * 3600;
  if (rest.size() > 2) seconds += number(rest.substr(3, 2)) * 60;
  if (rest.size() > 5) seconds += number(rest.substr(6, 2));
  return std::chrono::seconds{text[0] == '-' ? -seconds : seconds};
}

std::optional<std::string> parse_time(std::string_view text) {
  if (text.size() < 8 || !matches(text.substr(0, 8), "00:00:00")) return std::nullopt;
  auto rest = text.substr(8);
  const auto fraction = take_fraction(rest);
  if (!fraction || !rest.empty()) return std::nullopt;
  return fmt::format("{}.{}", text.substr(0, 8), *fraction);
}

bool is_decimal(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  bool point = false;
  for (const char c : text) {
    if (c == '.' && !point)
      point = true;
    else if (!is_digit(c))
      return false;
  }
  return !text.empty();
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> parse_bytes(std::string_view text) {
  if (!text.starts_with("\\x") || text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2 - 1);
  for (std::size_t i = 2; i < text.size(); i += 2) {
    const int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(high * 16 + low));
  }
  return bytes;
}

template <class Number>
Value parse_number(std::string_view text) {
  Number n{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error != std::errc{} || end != text.data() + text.size()) return std::string(text);
  return n;
}

template <class Wrapped>
Value wrap(std::optional<std::string> parsed, std::string_view text) {
  if (!parsed) return std::string(text);
  return Wrapped{std::move(*parsed)};
}

std::string real(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  return fmt::format("{}", value);
}

std::string without_nul(const std::string& text) {
  if (text.find('\0') != std::string::npos)
    throw std::invalid_argument("a text holds the character NUL, which PostgreSQL cannot store; use a binary column");
  return text;
}

}  // namespace

std::optional<std::string> parameter(const Value& value) {
  using Text = std::optional<std::string>;
  return std::visit(
      schema::overloaded{[](const Null&) -> Text { return std::nullopt; }, [](bool b) -> Text { return b ? "t" : "f"; },
                         [](std::int64_t n) -> Text { return std::to_string(n); },
                         [](double d) -> Text { return real(d); },
                         [](const std::string& s) -> Text { return without_nul(s); },
                         [](const Decimal& d) -> Text { return d.text; }, [](const Uuid& u) -> Text { return u.text; },
                         [](const Date& d) -> Text { return d.text; }, [](const Time& t) -> Text { return t.text; },
                         // the zone is written out: a statement may have changed the session's
                         [](const Timestamp& t) -> Text { return t.text + "+00"; },
                         [](const Json& j) -> Text { return without_nul(j.text); },
                         [](const TextArray& a) -> Text { return array_literal(a); },
                         [](const Bytes& b) -> Text { return bytes_literal(b.data); }},
      value);
}

Value read(Oid type, std::string_view text) {
  switch (type) {
    case oid::boolean:
      return text == "t";
    case oid::int2:
    case oid::int4:
    case oid::int8:
    case oid::oid:
      return parse_number<std::int64_t>(text);
    case oid::float4:
    case oid::float8:
      if (text == "NaN") return std::nan("");
      return parse_number<double>(text.ends_with("Infinity") ? (text.starts_with('-') ? "-inf" : "inf") : text);
    case oid::numeric:
      return is_decimal(text) ? Value(Decimal{std::string(text)}) : Value(std::string(text));
    case oid::uuid:
      return Uuid{std::string(text)};
    case oid::date:
      return matches(text, "0000-00-00") ? Value(Date{std::string(text)}) : Value(std::string(text));
    case oid::time:
      return wrap<Time>(parse_time(text), text);
    case oid::timestamp:
    case oid::timestamptz:
      return wrap<Timestamp>(parse_timestamp(text), text);
    case oid::json:
    case oid::jsonb:
      return Json{std::string(text)};
    case oid::bytea:
      return wrap<Bytes>(parse_bytes(text), text);
    case oid::text_array:
    case oid::varchar_array:
    case oid::char_array:
    case oid::name_array:
      if (auto array = parse_array(text)) return std::move(*array);
      return std::string(text);
    default:
      return std::string(text);
  }
}

std::string array_literal(const TextArray& array) {
  std::string out = "{";
  for (const auto& item : array.items) {
    if (out.size() > 1) out += ',';
    out += '"';
    for (const char c : without_nul(item)) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  }
  return out + '}';
}

std::optional<TextArray> parse_array(std::string_view text) {
  if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
  const auto inside = text.substr(1, text.size() - 2);
  TextArray array;
  for (std::size_t i = 0; i < inside.size();) {
    std::string item;
    const bool quoted = inside[i] == '"';
    if (quoted) ++i;
    for (; i < inside.size() && inside[i] != (quoted ? '"' : ','); ++i) {
      if (!quoted && (inside[i] == '{' || inside[i] == '}')) return std::nullopt;
      if (inside[i] == '\\' && ++i == inside.size()) return std::nullopt;
      item += inside[i];
    }
    if (quoted && i++ == inside.size()) return std::nullopt;
    if (!quoted && (item == "NULL" || item.empty())) return std::nullopt;
    array.items.push_back(std::move(item));
    if (i == inside.size()) break;
    if (inside[i] != ',' || ++i == inside.size()) return std::nullopt;
  }
  return array;
}

std::string bytes_literal(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\\x";
  out.reserve(2 + bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::optional<std::string> parse_timestamp(std::string_view text) {
  if (text.size() < 19 || !matches(text.substr(0, 19), "0000-00-00 00:00:00")) return std::nullopt;
  auto rest = text.substr(19);
  const auto fraction = take_fraction(rest);
  const auto offset = fraction ? zone(rest) : std::nullopt;
  if (!offset) return std::nullopt;
  if (offset->count() == 0) return fmt::format("{}.{}", text.substr(0, 19), *fraction);

  using namespace std::chrono;
  const year_month_day day{year{number(text.substr(0, 4))}, month{static_cast<unsigned>(number(text.substr(5, 2)))},
                           std::chrono::day{static_cast<unsigned>(number(text.substr(8, 2)))}};
  const auto utc = sys_days{day} + hours{number(text.substr(11, 2))} + minutes{number(text.substr(14, 2))} +
                   seconds{number(text.substr(17, 2))} - *offset;
  const auto midnight = floor<days>(utc);
  const year_month_day date{midnight};
  const hh_mm_ss clock{utc - midnight};
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), *fraction);
}

}  // namespace dbctl::postgresql
