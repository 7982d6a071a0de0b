#include "duration.hpp"

#include <fmt/format.h>

namespace dbctl::cli {

std::string format_duration(std::int64_t milliseconds) {
  if (milliseconds < 1'000) return std::to_string(milliseconds) + " ms";
  if (milliseconds < 60'000) return fmt::format("{}.{} s", milliseconds / 1'000, milliseconds / 100 % 10);
  return fmt::format("{} min {} s", milliseconds / 60'000, milliseconds / 1'000 % 60);
}

}  // namespace dbctl::cli
