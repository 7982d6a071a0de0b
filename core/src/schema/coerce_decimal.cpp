#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "schema/coerce_parts.hpp"
#include "schema/exact_number.hpp"

namespace dbctl::schema::coercion {
namespace {

/// A binary number stands for the decimal that it was made from: it may be off by the error of a few operations.
constexpr double binary_error = 8 * std::numeric_limits<double>::epsilon();

ExactNumber number_of(double given, const Value& value, const Type& type) {
  if (!std::isfinite(given)) misfit(value, type, "it is not finite");
  const auto exact = ExactNumber::of(given);
  const auto rounded = exact.rounded(type.scale);
  const auto text = rounded.plain(rounded.scale());
  double back = 0;
  std::from_chars(text.data(), text.data() + text.size(), back);
  return std::abs(back - given) <= std::abs(given) * binary_error ? rounded : exact;
}

ExactNumber number_of(const Value& value, const Type& type) {
  if (const auto* d = std::get_if<double>(&value)) return number_of(*d, value, type);
  if (const auto* n = std::get_if<std::int64_t>(&value)) return *ExactNumber::parse(fmt::format("{}", *n));
  const auto exact = ExactNumber::parse(text::trim(text_of(value, type)));
  if (!exact) misfit(value, type);
  return *exact;
}

}  // namespace

Decimal decimal(const Value& value, const Type& type) {
  const auto number = number_of(value, type);
  if (number.scale() > type.scale)
    misfit(value, type,
           fmt::format("it has {} after the point", text::count(static_cast<std::size_t>(number.scale()), "digit")));
  if (number.whole_digits() > static_cast<long>(type.size) - static_cast<long>(type.scale))
    misfit(value, type,
           fmt::format("it has {} before the point",
                       text::count(static_cast<std::size_t>(number.whole_digits()), "digit")));
  return {number.plain(type.scale)};
}

}  // namespace dbctl::schema::coercion
