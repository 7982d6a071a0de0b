#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "environment/interpolation.hpp"
#include "environment/yaml.hpp"

namespace dbctl::environment {

/// A key as it is written.
struct Key {
  std::string name;
  std::string where;
  bool plain = true;  ///< whether a message may repeat it: see YamlNode
};

/// A scalar of an environment file before its variables are replaced.
struct Setting {
  std::string path;   ///< "connection.port"
  std::string where;  ///< "environments/staging.yaml:7:9"
  Template value;
};

struct ConnectionSetting {
  Key key;
  Setting setting;
};

/// What an environment file says; a key that it does not have is empty.
struct Settings {
  std::string file = {};  ///< as shown in messages; empty when there is no file
  std::optional<Setting> driver = {}, protect = {}, disposable = {}, server = {}, log_level = {}, lock = {}, lease = {},
                         ddl_lock_timeout = {};
  std::optional<Setting> kill = {}, restart = {};  ///< below `disposable`
  std::optional<std::vector<Setting>> domains = {};
  std::vector<ConnectionSetting> connection = {};
};

/// Throws Error (environment_key, environment_value or environment_syntax) for an unknown or misplaced key, with the
/// known ones, and for a value of the wrong shape. What a connection may hold is checked later, with its driver.
Settings read_settings(const YamlNode& root, const std::string& file);

/// Lower-case letters, digits, - and _: what environments, drivers and domains are called.
bool is_plain_name(std::string_view name) noexcept;

/// Throws Error (environment_key) for the key, in `place`: "an environment file".
[[noreturn]] void refuse_unknown_key(const Key& key, const std::string& place, const std::vector<std::string>& known);

}  // namespace dbctl::environment
