#pragma once
#include "dbctl/sql/ansi_dialect.hpp"

namespace dbctl::null {

/// Standard SQL as AnsiDialect writes it. A driver for a real database overrides what that database does otherwise.
class NullDialect final : public sql::AnsiDialect {
 public:
  explicit NullDialect(sql::ServerInfo server);
};

}  // namespace dbctl::null
