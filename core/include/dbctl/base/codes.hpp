#pragma once
#include <span>

#include "dbctl/base/error.hpp"

/// Every error code, from the one list in `codes.def`. A code is never given a second meaning and never reused.
namespace dbctl::codes {

#define DBCTL_CODE(name, id, exit, title, advice) inline constexpr Code name{id, Exit::exit, title, advice};
#include "dbctl/base/codes.def"
#undef DBCTL_CODE

/// All codes in the order of the list.
DBCTL_API std::span<const Code* const> all() noexcept;
/// The code with that id (any case, with or without `DBCTL-`), or nullptr.
DBCTL_API const Code* find(std::string_view id) noexcept;

}  // namespace dbctl::codes
