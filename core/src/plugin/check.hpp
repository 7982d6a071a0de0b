#pragma once
#include "dbctl/plugin/info.hpp"

namespace dbctl::plugin {

// The parts of the handshake that are done twice: with the note before the plugin is loaded, and with its descriptor.

/// Throws Error (plugin_abi) with all that differs.
void check_build(const std::filesystem::path& file, std::uint32_t abi, std::string_view toolchain,
                 std::string_view version);
/// Throws Error (plugin_kind).
void check_kind(const std::filesystem::path& file, PluginKind wanted, std::string_view found);
/// Throws Error (plugin_name).
void check_name(const std::filesystem::path& file, std::string_view wanted, std::string_view found);

/// Fills in what the file says, as far as it can be read, and throws what `inspect` throws.
void examine(PluginInfo& info);

}  // namespace dbctl::plugin
