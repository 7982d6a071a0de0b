#pragma once
#include <string>
#include <string_view>

#include "dbctl/base/export.hpp"

namespace dbctl {

/// SHA-256 (FIPS 180-4) of `bytes` as 64 lower-case hexadecimal digits.
DBCTL_API std::string sha256(std::string_view bytes);

/// A name-based UUID, version 5 (RFC 9562, 5.5), lower-case with hyphens. `name_space` is a UUID's text; throws
/// std::invalid_argument when it is not.
DBCTL_API std::string uuid5(std::string_view name_space, std::string_view name);

/// A random UUID, version 4, from the system's source of randomness.
DBCTL_API std::string uuid4();

/// 32 hexadecimal digits in the 8-4-4-4-12 form, any case.
DBCTL_API bool is_uuid(std::string_view text) noexcept;

}  // namespace dbctl
