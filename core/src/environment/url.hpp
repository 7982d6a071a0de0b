#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dbctl::environment {

/// `scheme://user:password@host:port/path?option=value`, or `scheme:path?option=value`; everything is decoded.
struct Url {
  std::string scheme;
  bool hierarchical = false;  ///< it has the two slashes
  std::optional<std::string> user, password, host, port, path;
  std::vector<std::pair<std::string, std::string>> query;
  std::string origin;
};

/// Throws Error (environment_value) at `origin`. No message repeats any part of the URL: a password with an unencoded
/// character in it can be taken for any part.
Url parse_url(std::string_view text, const std::string& origin);

}  // namespace dbctl::environment
