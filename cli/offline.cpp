#include "offline.hpp"

#include <algorithm>

namespace dbctl::cli {
namespace {

sql::ServerInfo server_of(Context& context, const driver::DriverInfo& info, const std::string& name) {
  const bool is_product = name != info.name && std::ranges::find(info.products, name) != info.products.end();
  const auto& environment = context.environment();
  if (environment.server && !environment.driver.empty() &&
      context.host.resolve_driver(environment.driver) == info.name && !is_product)
    return *environment.server;
  if (is_product && name != info.assumed.product) return {.product = name};
  return info.assumed;
}

}  // namespace

OfflineTarget offline_target(Context& context, const std::string& name) {
  const auto& driver = context.host.load_driver(name);
  auto server = server_of(context, driver.info(), name);
  const auto& dialect = driver.dialect(server);
  std::vector<std::string> names{driver.info().name};
  if (!server.product.empty() && server.product != names.front()) names.push_back(server.product);
  return {.driver = &driver,
          .server = dialect.info().server,
          .target = {.dialect = &dialect, .names = std::move(names), .known = context.known_targets()}};
}

std::vector<std::string> offline_names(Context& context) {
  const auto& driver = context.environment().driver;
  return driver.empty() ? std::vector<std::string>{} : offline_target(context, driver).target.names;
}

}  // namespace dbctl::cli
