#include "golden/golden.hpp"
#include "plugins/drivers/sqlite/dialect.hpp"

std::vector<dbctl::golden::Target> dbctl::golden::targets() {
  std::vector<Target> all;
  all.push_back({"sqlite", std::make_unique<sqlite::SqliteDialect>(sql::ServerInfo{
                               .product = "sqlite", .version = {.major = 3, .minor = 40, .patch = 1}})});
  return all;
}
