#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "dbctl/base/error.hpp"

namespace dbctl::fuzz {

/// A word that seeds and dictionaries write where a secret would stand. No error may repeat it.
inline constexpr std::string_view secret = "hunter2";

/// Calls `read`. An error of dbctl's with a code of environments is an answer, if it is complete; `quotes` tells which
/// errors may repeat the secret, because it stands where names do.
void check_refusals(const std::function<void()>& read, const std::function<bool(const Error&)>& quotes);

}  // namespace dbctl::fuzz
