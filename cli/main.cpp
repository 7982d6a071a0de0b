#include <optional>

#include "app.hpp"
#include "dbctl/plugin/host.hpp"

int main(int argc, char** argv) {
  // First, so that it is the last to go: nothing outlives the code it came from. It is filled in when the command line
  // has said where plugins are.
  std::optional<dbctl::plugin::PluginHost> host;
  return dbctl::cli::run(host, argc, argv);
}
