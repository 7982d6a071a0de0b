#pragma once
#include <string>
#include <vector>

#include "context.hpp"
#include "dbctl/plugin/command.hpp"

namespace dbctl::cli {

/// Runs a command plugin with this run's database.
Exit run_plugin_command(Context& context, plugin::Command& command, std::vector<std::string> arguments);

}  // namespace dbctl::cli
