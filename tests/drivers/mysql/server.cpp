#include "server.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/text.hpp"

namespace dbctl::mysql::test {
namespace {

std::string database() {
  return fmt::format("t_driver_mysql_{}", getpid());
}

}  // namespace

std::string ServerTest::variable(const std::string& name) const {
  const char* value = std::getenv((text::upper(GetParam()) + '_' + name).c_str());
  return value == nullptr ? "" : value;
}

driver::Options ServerTest::options(const Overrides& overrides) const {
  Overrides values{{"host", variable("HOST")},
                   {"port", variable("PORT")},
                   {"user", variable("USER")},
                   {"name", database()},
                   {"password", variable("PASSWORD")}};
  for (const auto& [name, value] : overrides) values[name] = value;
  driver::Options options;
  for (const auto& spec : option_specs()) {
    const auto given = values.find(spec.name);
    const auto& text = given == values.end() ? spec.fallback : given->second;
    if (text.empty())
      options.declare(spec);
    else
      options.set(spec, text, "the test");
  }
  return options;
}

std::unique_ptr<driver::Connection> ServerTest::connect(const Overrides& overrides) const {
  return MysqlDriver().connect(options(overrides));
}

std::string ServerTest::ask(const std::string& sql, Row params) const {
  const auto rows = connection->query({.sql = sql, .params = std::move(params)});
  return rows.empty() ? "no row" : to_text(rows.rows.front().back());
}

std::string ServerTest::generic(std::string text) const {
  return text::replace_all(text::replace_all(std::move(text), database(), "DATABASE"), variable("PORT"), "PORT");
}

void ServerTest::empty_database() {
  MysqlDriver().create_database(options());
  if (!connection) connection = connect();
  const auto drop = [this](const std::string& kind, const std::string& names) {
    for (const auto& row : connection->query({.sql = names}).rows)
      connection->execute(
          {.sql = fmt::format("DROP {} {}", kind, MysqlDialect({.product = GetParam()}).quote(to_text(row[0])))});
  };
  const std::string relations =
      "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE ";
  connection->execute({.sql = "SET foreign_key_checks = 0"});
  drop("VIEW", relations + "= 'VIEW'");
  drop("TABLE", relations + "= 'BASE TABLE'");
  if (mariadb()) drop("SEQUENCE", relations + "= 'SEQUENCE'");
  for (const std::string kind : {"PROCEDURE", "FUNCTION"})
    drop(kind,
         "SELECT ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_TYPE = '" +
             kind + '\'');
  drop("EVENT", "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()");
  connection->reset_session();
}

void ServerTest::SetUp() {
  if (variable("HOST").empty())
    GTEST_SKIP() << "SKIPPED: " << text::upper(GetParam())
                 << "_HOST is not set; eval \"$(ci/services.sh env)\" sets it where the server runs";
  empty_database();
}

namespace {

class Cleanup final : public testing::Environment {
 public:
  void TearDown() override {
    for (const char* product : {"MARIADB", "MYSQL"}) {
      const auto variable = [&](const char* name) {
        const char* value = std::getenv(fmt::format("{}_{}", product, name).c_str());
        return std::string(value == nullptr ? "" : value);
      };
      if (variable("HOST").empty()) continue;
      MysqlConnection connection({.host = variable("HOST"),
                                  .port = std::stoi(variable("PORT")),
                                  .user = variable("USER"),
                                  .password = Secret(variable("PASSWORD"))});
      connection.drop_database(database());
    }
  }
};

const auto* const registered = testing::AddGlobalTestEnvironment(new Cleanup);

}  // namespace
}  // namespace dbctl::mysql::test
