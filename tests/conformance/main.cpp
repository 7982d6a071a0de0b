#include <algorithm>
#include <iostream>
#include <string_view>

#include <gtest/gtest.h>

#include "conformance/subject.hpp"
#include "dbctl/plugin/host.hpp"
#include "support/error_text.hpp"

namespace {

constexpr int skipped = 77;  // what CTest and Automake know as skipped

bool wants_help(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc, [](std::string_view word) { return word == "--help" || word == "-h"; });
}

int run(int argc, char** argv) {
  using namespace dbctl;
  const auto arguments = conformance::parse(argc, argv);
  if (!conformance::has_server(arguments)) {
    std::cout << "SKIPPED: " << arguments.server << "_HOST is not set, so " << arguments.driver
              << " has no server to be tried on; ci/services.sh up starts one\n";
    return skipped;
  }
  plugin::PluginHost host(plugin::search_settings(arguments.plugin_directories));
  const conformance::Subject subject(host.load_driver(arguments.driver), arguments);
  std::cout << "driver " << arguments.driver << " on " << subject.driver().target(subject.options()) << "\n";
  return RUN_ALL_TESTS();
}

}  // namespace

int main(int argc, char** argv) {
  if (wants_help(argc, argv)) std::cout << dbctl::conformance::usage << "\n";
  testing::InitGoogleTest(&argc, argv);
  if (wants_help(argc, argv)) return 0;
  try {
    return run(argc, argv);
  } catch (const dbctl::Error& error) {
    std::cerr << dbctl::test::whole_text(error) << "\n";
    return static_cast<int>(error.code().exit);
  }
}
