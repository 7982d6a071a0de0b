#include "dbctl/driver/driver.hpp"

namespace dbctl::driver {

// Out of line, so that the type information of the interfaces lives in core and is the same in every plugin.
Connection::~Connection() = default;
Driver::~Driver() = default;

void execute_in_turn(Connection& connection, const std::vector<Statement>& statements) {
  const bool own = !connection.in_transaction() && statements.size() > 1;
  if (own) connection.begin();
  try {
    for (const auto& statement : statements) connection.execute(statement);
  } catch (...) {
    if (own) connection.rollback();
    throw;
  }
  if (own) connection.commit();
}

}  // namespace dbctl::driver
