#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/plugin/descriptor.hpp"

namespace dbctl::plugin {

/// "driver", "domain", "command".
DBCTL_API std::string_view to_string(PluginKind kind) noexcept;
/// "libdbctl_driver_null.so".
DBCTL_API std::string file_name(PluginKind kind, std::string_view name);

/// What a plugin's file says of itself, read without loading it.
struct PluginInfo {
  PluginKind kind;  ///< by its file's name
  std::string name;
  std::filesystem::path file;
  std::uint32_t abi = 0;
  std::string toolchain;
  std::string version;               ///< of the dbctl that it was built for
  std::vector<std::string> answers;  ///< products and URL schemes of a driver, besides its name
  std::string build_id;              ///< hexadecimal; empty: the linker made none
  std::string problem;               ///< why it cannot be used, one line; empty: it can
};

/// The ABI number and toolchain that plugins must have been built with to be usable here.
struct HostInfo {
  std::uint32_t abi;
  std::string_view toolchain;
  std::string_view version;
};
DBCTL_API HostInfo host_info() noexcept;

/// Reads headers and notes of a file named libdbctl_<kind>_<name>.so. Throws Error (plugin_not_library,
/// plugin_truncated, plugin_not_plugin, plugin_abi, plugin_kind, plugin_name, plugin_load when it cannot be read), in
/// this order; `problem` of what it returns is empty.
DBCTL_API PluginInfo inspect(PluginKind kind, std::string_view name, const std::filesystem::path& file);

}  // namespace dbctl::plugin
