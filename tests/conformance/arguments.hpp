#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "dbctl/driver/driver.hpp"

namespace dbctl::conformance {

/// What the command line says, after GoogleTest took its own flags away.
struct Arguments {
  std::string driver;
  std::string url = {};
  std::string server = {};  ///< a prefix of variables: POSTGRESQL stands for POSTGRESQL_HOST, _PORT, _USER …
  std::vector<std::pair<std::string, std::string>> set = {};
  std::vector<std::filesystem::path> plugin_directories = {};
};

extern const char* const usage;

/// Throws Error (usage).
Arguments parse(int argc, char** argv);

/// Whether the variables of `--server` are there; always true without it.
bool has_server(const Arguments& arguments);

/// The driver's options: fallback < its own variables < the server's variables < --url < --set. Throws Error with an
/// environment code.
driver::Options options_of(const driver::DriverInfo& info, const Arguments& arguments);

}  // namespace dbctl::conformance
