#pragma once
#include <string>
#include <vector>

#include "context.hpp"

namespace dbctl::cli {

/// A database that is not there: its driver's dialect alone.
struct OfflineTarget {
  const driver::Driver* driver = nullptr;
  sql::ServerInfo server;
  migrate::Target target;
};

/// For a driver by its name, product or URL scheme. Which server: `server:` of the environment when it is for that
/// driver, the product named, or what the driver assumes. Loads the driver and connects to nothing.
OfflineTarget offline_target(Context& context, const std::string& name);

/// The names that on(...) answers to in this environment; none where no driver is named.
std::vector<std::string> offline_names(Context& context);

}  // namespace dbctl::cli
