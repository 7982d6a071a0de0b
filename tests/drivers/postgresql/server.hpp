#pragma once
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "plugins/drivers/postgresql/connection.hpp"
#include "plugins/drivers/postgresql/driver.hpp"
#include "support/library_leaks.hpp"

/// The server that POSTGRESQL_HOST and its like name (`eval "$(ci/services.sh env)"`), with a database of its own.
namespace dbctl::postgresql::test {

/// A variable of the server's, e.g. "PORT"; empty when it is not set.
std::string variable(const std::string& name);
bool server_there();

/// Options for the test database, with the overrides on top; an empty override takes the option away.
driver::Options options(const std::map<std::string, std::string>& overrides = {});
std::unique_ptr<driver::Connection> connect(const std::map<std::string, std::string>& overrides = {});
/// The one value of a query, as text.
std::string ask(driver::Connection& connection, const std::string& sql, Row params = {});

/// All parts of an error, one line each, and the server's part of a StatementError.
std::string whole(const Error& error);
/// `whole` of what the function throws; fails the test when it throws nothing.
template <class Function>
std::string error_of(Function&& function) {
  try {
    function();
  } catch (const Error& error) {
    return whole(error);
  }
  ADD_FAILURE() << "no error was thrown";
  return {};
}

using dbctl::test::LeaksOfTheLibrary;

/// Skips its tests, saying so, without a server; each test gets an empty schema.
class ServerTest : public testing::Test {
 protected:
  void SetUp() override;
  std::unique_ptr<driver::Connection> connection;
};

}  // namespace dbctl::postgresql::test
