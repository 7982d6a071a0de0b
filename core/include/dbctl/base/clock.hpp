#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/base/export.hpp"

namespace dbctl {

/// Now, in UTC, as `2024-01-15 09:00:00.123456`: the text that a Timestamp value holds.
DBCTL_API std::string utc_now();

/// "10s", "500ms", "2m", "1h" or "0"; nothing else, so that nobody has to guess what a bare 10 means.
DBCTL_API std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Milliseconds since construction, on the monotonic clock.
class Stopwatch {
 public:
  std::int64_t milliseconds() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace dbctl
