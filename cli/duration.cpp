#include "duration.hpp"

#include <charconv>

#include <fmt/format.h>

namespace dbctl::cli {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  constexpr std::int64_t longest = std::int64_t{366} * 24 * 3'600'000;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || number < 0) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  std::int64_t factor = 0;
  if (unit == "ms") factor = 1;
  if (unit == "s") factor = 1'000;
  if (unit == "m") factor = 60'000;
  if (unit == "h") factor = 3'600'000;
  if (unit.empty() && number == 0) factor = 1;
  if (factor == 0 || number > longest / factor) return std::nullopt;
  return std::chrono::milliseconds(number * factor);
}

std::string format_duration(std::int64_t milliseconds) {
  if (milliseconds < 1'000) return std::to_string(milliseconds) + " ms";
  if (milliseconds < 60'000) return fmt::format("{}.{} s", milliseconds / 1'000, milliseconds / 100 % 10);
  return fmt::format("{} min {} s", milliseconds / 60'000, milliseconds / 1'000 % 60);
}

}  // namespace dbctl::cli
