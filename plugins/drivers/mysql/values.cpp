#include "values.hpp"

#include <algorithm>

namespace dbctl::mysql {
namespace {

std::string with_six_digits(std::string_view text) {
  std::string padded(text);
  auto point = padded.find('.');
  if (point == std::string::npos) {
    point = padded.size();
    padded += '.';
  }
  padded.resize(point + 7, '0');
  return padded;
}

}  // namespace

Decimal decimal_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.remove_prefix(1);
  std::string digits(text);
  if (digits.starts_with('.')) digits.insert(0, 1, '0');
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return {negative && !zero ? "-" + digits : digits};
}

Time time_of(std::string_view text) {
  return {with_six_digits(text)};
}

Timestamp timestamp_of(std::string_view text) {
  return {with_six_digits(text)};
}

}  // namespace dbctl::mysql
