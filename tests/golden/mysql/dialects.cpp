#include "golden/golden.hpp"
#include "plugins/drivers/mysql/dialect.hpp"

std::vector<dbctl::golden::Target> dbctl::golden::targets() {
  std::vector<Target> all;
  for (const char* product : {"mysql", "mariadb"})
    all.push_back({product, std::make_unique<mysql::MysqlDialect>(sql::ServerInfo{.product = product})});
  return all;
}
