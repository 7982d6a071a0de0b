#include "golden/golden.hpp"
#include "plugins/drivers/null/dialect.hpp"

std::vector<dbctl::golden::Target> dbctl::golden::targets() {
  std::vector<Target> all;
  all.push_back(
      {"null", std::make_unique<null::NullDialect>(sql::ServerInfo{.product = "null", .version = {1, 0, 0}})});
  return all;
}
