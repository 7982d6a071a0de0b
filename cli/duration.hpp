#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dbctl::cli {

/// "10s", "500ms", "2m", "1h" or "0"; nothing else, so that nobody has to guess what a bare 10 means.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// "12 ms", "1.2 s", "2 min 5 s".
std::string format_duration(std::int64_t milliseconds);

}  // namespace dbctl::cli
