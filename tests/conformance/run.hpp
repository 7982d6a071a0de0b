#pragma once
#include <string>

#include <gtest/gtest.h>

#include "dbctl/driver/driver.hpp"

namespace dbctl::conformance {

/// Runs what a dialect rendered as a migration would: steps in transactions unless they are alone, expectations
/// checked. Throws what the connection throws, and Error (statement_expectation), with no transaction left open.
void run(driver::Connection& connection, const sql::Script& script);

/// The model as `describe` should report it.
schema::Schema stored(const schema::Schema& model, const sql::Dialect& dialect);

/// Compares by canonical text; a failure lists the facts that only one of them has.
testing::AssertionResult same(const schema::Schema& expected, const schema::Schema& found);

}  // namespace dbctl::conformance
