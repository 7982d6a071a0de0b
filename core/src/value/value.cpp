#include "dbctl/value/value.hpp"

#include <charconv>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "dbctl/base/overloaded.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl {
namespace {

std::string shortest(double d) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, d).ptr;
  return {buffer, end};
}

[[noreturn]] void not_whole(std::string_view what) {
  throw std::invalid_argument(fmt::format("'{}' is not a whole number", what));
}

/// "42", "-7", "42.00"; what follows the point must be zeros.
std::int64_t parse_whole(std::string_view text) {
  std::string_view digits = text::trim(text);
  if (const auto point = digits.find('.'); point != std::string_view::npos) {
    if (point + 1 == digits.size() || digits.find_first_not_of('0', point + 1) != std::string_view::npos)
      not_whole(text);
    digits = digits.substr(0, point);
  }
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc{} || end != digits.data() + digits.size()) not_whole(text);
  return out;
}

std::int64_t whole_of(double d) {
  constexpr double limit = 9223372036854775808.0;
  if (!(d >= -limit && d < limit) || d != std::floor(d)) not_whole(shortest(d));
  return static_cast<std::int64_t>(d);
}

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) fmt::format_to(std::back_inserter(out), "{:02x}", static_cast<unsigned char>(c));
  return out;
}

}  // namespace

std::string to_text(const Value& value) {
  return std::visit(overloaded{
                        [](Null) -> std::string { return "NULL"; },
                        [](bool b) -> std::string { return b ? "true" : "false"; },
                        [](std::int64_t n) { return fmt::format("{}", n); },
                        [](double d) { return shortest(d); },
                        [](const std::string& s) { return s; },
                        [](const Decimal& d) { return d.text; },
                        [](const Uuid& u) { return u.text; },
                        [](const Date& d) { return d.text; },
                        [](const Time& t) { return t.text; },
                        [](const Timestamp& t) { return t.text; },
                        [](const Json& j) { return j.text; },
                        [](const TextArray& a) { return to_json(a); },
                        [](const Bytes& b) { return hex(b.data); },
                    },
                    value);
}

std::int64_t to_int(const Value& value) {
  if (const auto* n = std::get_if<std::int64_t>(&value)) return *n;
  if (const auto* b = std::get_if<bool>(&value)) return *b ? 1 : 0;
  if (const auto* d = std::get_if<double>(&value)) return whole_of(*d);
  if (const auto* s = std::get_if<std::string>(&value)) return parse_whole(*s);
  if (const auto* d = std::get_if<Decimal>(&value)) return parse_whole(d->text);
  not_whole(to_text(value));
}

std::string to_json(const TextArray& array) {
  try {
    return nlohmann::json(array.items).dump();
  } catch (const nlohmann::json::exception&) {
    throw std::invalid_argument("a text array holds a text that is not UTF-8");
  }
}

TextArray text_array_from_json(std::string_view json) {
  const auto parsed = nlohmann::json::parse(json, nullptr, false);
  TextArray array;
  bool good = parsed.is_array();
  if (good) {
    for (const auto& item : parsed) {
      good = good && item.is_string();
      if (good) array.items.push_back(item.get<std::string>());
    }
  }
  if (!good) throw std::invalid_argument(fmt::format("'{}' is not a JSON array of strings", json));
  return array;
}

}  // namespace dbctl
