#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dbctl::schema {

/// A decimal number without rounding: `digits` times ten to the power of `exponent`. `digits` has no zeros at either
/// end; zero has none at all and is not negative.
struct ExactNumber {
  bool negative = false;
  std::string digits = {};
  long exponent = 0;

  /// `[+-]digits[.digits][e[+-]digits]`; nothing for any other text and for exponents beyond 9999.
  static std::optional<ExactNumber> parse(std::string_view text);
  /// What the shortest text that reads back as the same binary number says. `value` is finite.
  static ExactNumber of(double value);

  /// How many digits stand after the point.
  long scale() const { return exponent < 0 ? -exponent : 0; }
  /// How many digits stand before it; 0 for 0.5.
  long whole_digits() const;
  /// Half away from zero, to `scale` digits after the point.
  ExactNumber rounded(long scale) const;
  /// Without exponent, with exactly `scale` digits after the point, of which there must not be more.
  std::string plain(long scale) const;

 private:
  void normalise();
};

}  // namespace dbctl::schema
