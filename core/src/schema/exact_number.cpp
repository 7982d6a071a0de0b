#include "schema/exact_number.hpp"

#include <array>
#include <charconv>

namespace dbctl::schema {
namespace {

constexpr long largest_exponent = 9999;

std::string_view take_digits(std::string_view& text) {
  const auto end = text.find_first_not_of("0123456789");
  const auto digits = text.substr(0, end);
  text.remove_prefix(digits.size());
  return digits;
}

bool take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<long> exponent_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  take(text, "+-");
  long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good = error == std::errc{} && end == text.data() + text.size() && !text.starts_with('-');
  if (!good || value > largest_exponent) return std::nullopt;
  return negative ? -value : value;
}

void add_one(std::string& digits) {
  for (auto at = digits.size(); at > 0; --at) {
    if (digits[at - 1] != '9') {
      ++digits[at - 1];
      return;
    }
    digits[at - 1] = '0';
  }
  digits.insert(digits.begin(), '1');
}

std::size_t size_of(long n) {
  return n > 0 ? static_cast<std::size_t>(n) : 0;
}

}  // namespace

std::optional<ExactNumber> ExactNumber::parse(std::string_view text) {
  ExactNumber out;
  out.negative = text.starts_with('-');
  take(text, "+-");
  const auto whole = take_digits(text);
  std::string_view fraction;
  const bool pointed = take(text, ".");
  if (pointed) fraction = take_digits(text);
  if (whole.empty() || (pointed && fraction.empty())) return std::nullopt;
  if (take(text, "eE")) {
    const auto exponent = exponent_of(text);
    if (!exponent) return std::nullopt;
    out.exponent = *exponent;
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  out.digits.append(whole).append(fraction);
  out.exponent -= static_cast<long>(fraction.size());
  out.normalise();
  return out;
}

ExactNumber ExactNumber::of(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return *parse({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

void ExactNumber::normalise() {
  digits.erase(0, digits.find_first_not_of('0'));
  while (!digits.empty() && digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  if (digits.empty()) *this = {};
}

long ExactNumber::whole_digits() const {
  const long count = static_cast<long>(digits.size()) + exponent;
  return count > 0 && !digits.empty() ? count : 0;
}

ExactNumber ExactNumber::rounded(long scale) const {
  const long cut = -exponent - scale;
  if (cut <= 0) return *this;
  ExactNumber out = *this;
  const auto size = static_cast<long>(digits.size());
  const bool up = cut <= size && digits[size_of(size - cut)] >= '5';
  out.digits.resize(size_of(size - cut));
  out.exponent = -scale;
  if (up) add_one(out.digits);
  out.normalise();
  return out;
}

std::string ExactNumber::plain(long scale) const {
  std::string out = digits + std::string(size_of(digits.empty() ? scale : exponent + scale), '0');
  const auto least = size_of(scale) + 1;
  if (out.size() < least) out.insert(0, least - out.size(), '0');
  if (scale > 0) out.insert(out.size() - size_of(scale), 1, '.');
  return negative ? "-" + out : out;
}

}  // namespace dbctl::schema
