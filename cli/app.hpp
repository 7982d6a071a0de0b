#pragma once
#include <optional>

#include "dbctl/plugin/host.hpp"

namespace dbctl::cli {

/// Runs one command line; returns the exit code. Throws nothing.
int run(std::optional<plugin::PluginHost>& host, int argc, char** argv);

}  // namespace dbctl::cli
