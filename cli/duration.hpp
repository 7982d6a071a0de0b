#pragma once
#include <cstdint>
#include <string>

namespace dbctl::cli {

/// "12 ms", "1.2 s", "2 min 5 s".
std::string format_duration(std::int64_t milliseconds);

}  // namespace dbctl::cli
