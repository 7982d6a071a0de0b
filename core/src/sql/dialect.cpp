#include "dbctl/sql/dialect.hpp"

namespace dbctl::sql {

Dialect::~Dialect() = default;

}  // namespace dbctl::sql
