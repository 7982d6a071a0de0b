#pragma once
#include "dbctl/driver/driver.hpp"

namespace dbctl::migrate {

/// A table that is about to be made anew from `model` must be as the model says, or what else it has is lost. Throws
/// Error (statement_expectation) with the difference. Indexes are left out: the driver carries those along.
void check_before_remaking(driver::Connection& connection, const sql::Dialect& dialect, const schema::Table& model);

}  // namespace dbctl::migrate
