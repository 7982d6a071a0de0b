#include <optional>

#include <malloc.h>

#include "app.hpp"
#include "dbctl/plugin/host.hpp"

namespace {

/// Memory that is given back to the system for a moment costs more than it saves in a program that ends soon: each page
/// of it comes back by a fault of its own.
void keep_memory() {
#ifdef __GLIBC__
  constexpr int megabyte = 1 << 20;
  mallopt(M_TRIM_THRESHOLD, 64 * megabyte);
  mallopt(M_TOP_PAD, megabyte);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  keep_memory();
  // First, so that it is the last to go: nothing outlives the code it came from. It is filled in when the command line
  // has said where plugins are.
  std::optional<dbctl::plugin::PluginHost> host;
  return dbctl::cli::run(host, argc, argv);
}
