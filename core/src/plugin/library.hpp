#pragma once
#include "dbctl/plugin/info.hpp"

namespace dbctl::plugin {

/// Loads a file that `inspect` has passed, for the life of the process, and checks its descriptor. Throws Error
/// (plugin_load, plugin_not_plugin, plugin_magic, plugin_abi, plugin_kind, plugin_name).
const PluginDescriptor& load(const PluginInfo& info);

}  // namespace dbctl::plugin
