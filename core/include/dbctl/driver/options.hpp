#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "dbctl/base/error.hpp"
#include "dbctl/base/secret.hpp"

namespace dbctl::driver {

enum class OptionType : std::uint8_t { text, integer, boolean, secret, path, choice };

/// Which part of a URL `scheme://user:password@host:port/name` or `scheme:path` fills the option.
enum class UrlPart : std::uint8_t { none, host, port, user, password, name, path };

/// One option of a driver: the only place where its name, its variables and its fallback are written.
struct OptionSpec {
  std::string name;  ///< the key below `connection:` in YAML, and a URL's ?name=value
  OptionType type = OptionType::text;
  std::string help;                                  ///< one line
  std::string fallback = {};                         ///< as text; empty: none
  std::vector<std::string> env = {};                 ///< process variables, first set wins: {"DB_NAME_HOST"}
  std::vector<std::string> choices = {};             ///< for `choice`
  std::int64_t least = INT64_MIN, most = INT64_MAX;  ///< for `integer`, inclusive
  bool required = false;
  UrlPart url = UrlPart::none;
};

using OptionValue = std::variant<std::string, std::int64_t, bool, Secret>;

/// Typed and checked values of a driver's options, with where each came from. Asking for an option that has no value
/// returns the type's empty value; asking for one that the driver does not declare is a bug (std::logic_error).
class DBCTL_API Options {
 public:
  struct Entry {
    OptionValue value;
    std::string origin;  ///< "environments/staging.yaml:7:9", "DB_NAME_HOST", "--url", "the driver's default"
    bool set = false;
  };

  /// Converts `text` by `spec`; throws Error (environment_value) naming origin, option and what is expected.
  void set(const OptionSpec& spec, const std::string& text, const std::string& origin);
  /// Declares an option without a value.
  void declare(const OptionSpec& spec);

  bool has(std::string_view name) const;
  const std::string& text(std::string_view name) const;
  std::int64_t integer(std::string_view name) const;
  bool flag(std::string_view name) const;
  const Secret& secret(std::string_view name) const;
  const std::string& origin(std::string_view name) const;
  const std::map<std::string, Entry, std::less<>>& all() const noexcept { return entries_; }

 private:
  const Entry& entry(std::string_view name) const;
  std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace dbctl::driver
