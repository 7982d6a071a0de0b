#pragma once
#include <chrono>
#include <string>

#include "dbctl/base/export.hpp"

namespace dbctl {

/// Now, in UTC, as `2024-01-15 09:00:00.123456`: the text that a Timestamp value holds.
DBCTL_API std::string utc_now();

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
