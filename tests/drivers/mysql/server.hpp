#pragma once
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "plugins/drivers/mysql/connection.hpp"
#include "plugins/drivers/mysql/driver.hpp"
#include "support/error_text.hpp"

/// The servers that MARIADB_HOST, MYSQL_HOST and their like name (`eval "$(ci/services.sh env)"`), each with a database
/// of its own for these tests.
namespace dbctl::mysql::test {

using Overrides = std::map<std::string, std::string>;

/// Runs once for each product. Skips its tests, saying so, where there is no such server; each test gets an empty
/// database.
class ServerTest : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;

  bool mariadb() const { return GetParam() == "mariadb"; }
  /// "MariaDB" or "MySQL", as errors name it.
  std::string product() const { return mariadb() ? "MariaDB" : "MySQL"; }
  /// A variable of the server's, e.g. "PORT", or of its twin without TLS, e.g. "PLAIN_PORT"; empty when it is not set.
  std::string variable(const std::string& name) const;
  /// Options for the test database, with the overrides on top.
  driver::Options options(const Overrides& overrides = {}) const;
  std::unique_ptr<driver::Connection> connect(const Overrides& overrides = {}) const;
  void empty_database();
  /// The one value of a query, as text.
  std::string ask(const std::string& sql, Row params = {}) const;
  /// All parts of what the function throws, with the port and the database's name replaced.
  template <class Function>
  std::string error_of(Function&& function) const {
    return generic(dbctl::test::error_text(std::forward<Function>(function)));
  }
  std::string generic(std::string text) const;

  std::unique_ptr<driver::Connection> connection;
};

#define DBCTL_ON_BOTH_SERVERS(SUITE) \
  INSTANTIATE_TEST_SUITE_P(on, SUITE, testing::Values("mariadb", "mysql"), [](const auto& test) { return test.param; })

}  // namespace dbctl::mysql::test
