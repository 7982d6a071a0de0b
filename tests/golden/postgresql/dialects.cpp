#include "golden/golden.hpp"
#include "plugins/drivers/postgresql/dialect.hpp"

std::vector<dbctl::golden::Target> dbctl::golden::targets() {
  std::vector<Target> all;
  all.push_back({"postgresql", std::make_unique<postgresql::PostgresqlDialect>(
                                   sql::ServerInfo{.product = "postgresql", .version = {.major = 15}})});
  return all;
}
