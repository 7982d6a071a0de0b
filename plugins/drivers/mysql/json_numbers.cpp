#include "json_numbers.hpp"

#include <array>
#include <charconv>

#include <nlohmann/json.hpp>

namespace dbctl::mysql {
namespace {

/// A decimal number without sign as its digits, none of them a zero at either end, and the power of ten behind them.
struct Digits {
  std::string digits;
  long exponent = 0;
  bool operator==(const Digits&) const = default;
};

Digits digits_of(std::string_view number) {
  Digits out;
  bool fraction = false;
  for (std::size_t i = 0; i < number.size(); ++i) {
    const char c = number[i];
    if (c == 'e' || c == 'E') {
      auto power = number.substr(i + 1);
      if (power.starts_with('+')) power.remove_prefix(1);
      long exponent = 0;
      std::from_chars(power.data(), power.data() + power.size(), exponent);
      out.exponent += exponent;
      break;
    }
    if (c == '.') fraction = true;
    if (c < '0' || c > '9') continue;
    out.digits += c;
    if (fraction) --out.exponent;
  }
  for (; out.digits.ends_with('0'); out.digits.pop_back()) ++out.exponent;
  out.digits.erase(0, out.digits.find_first_not_of('0'));
  if (out.digits.empty()) out.exponent = 0;
  return out;
}

/// Stops at the first number that is not the shortest text of a double.
class Numbers : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::optional<std::string> found;

  bool number_float(double value, const std::string& written) override {
    std::array<char, 64> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    if (digits_of({text.data(), end}) == digits_of(written)) return true;
    found = written;
    return false;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }
};

}  // namespace

std::optional<std::string> inexact_number(std::string_view json) {
  Numbers numbers;
  nlohmann::json::sax_parse(json.begin(), json.end(), &numbers);
  return numbers.found;
}

}  // namespace dbctl::mysql
