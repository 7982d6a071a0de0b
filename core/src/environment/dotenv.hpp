#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/base/error.hpp"
#include "environment/interpolation.hpp"

namespace dbctl::environment {

/// `NAME=value` of a .env file, not yet interpolated.
struct Assignment {
  std::string name;
  Template value;
  std::string where;                    ///< ".env:3"
  std::optional<Error> malformed = {};  ///< why `value` could not be understood; an error only where it is used
};

/// Throws Error (environment_syntax, or environment_key for a name that is set twice) at file:line. No message repeats
/// text of the file other than a name that is set twice: any part of it may belong to a secret.
std::vector<Assignment> parse_dotenv(std::string_view text, const std::string& shown);

}  // namespace dbctl::environment
