#include "dialect.hpp"

#include <utility>

namespace dbctl::null {

NullDialect::NullDialect(sql::ServerInfo server)
    : AnsiDialect({.driver = "null", .server = std::move(server), .transactional_ddl = true}) {}

}  // namespace dbctl::null
