#pragma once
#include <string>
#include <string_view>

#include "dbctl/value/value.hpp"

/// The servers' text of values, in the one form that values have. Pure.
namespace dbctl::mysql {

/// `-0012.50` -> `-12.50`, `.5` -> `0.5`.
Decimal decimal_of(std::string_view text);
/// `09:00:00` -> `09:00:00.000000`.
Time time_of(std::string_view text);
/// `2024-01-15 09:00:00.5` -> `2024-01-15 09:00:00.500000`.
Timestamp timestamp_of(std::string_view text);

}  // namespace dbctl::mysql
