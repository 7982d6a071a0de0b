#include "server.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/text.hpp"

namespace dbctl::postgresql::test {
namespace {

std::string database() {
  return fmt::format("t_driver_postgresql_{}", getpid());
}

class Database final : public testing::Environment {
 public:
  void SetUp() override {
    if (server_there()) PostgresqlDriver().create_database(options());
  }
  void TearDown() override {
    if (server_there()) PostgresqlDriver().drop_database(options());
  }
};

const auto* const registered = testing::AddGlobalTestEnvironment(new Database);

}  // namespace

std::string variable(const std::string& name) {
  const char* value = std::getenv(("POSTGRESQL_" + name).c_str());
  return value == nullptr ? "" : value;
}

bool server_there() {
  return !variable("HOST").empty();
}

driver::Options options(const std::map<std::string, std::string>& overrides) {
  std::map<std::string, std::string> values{{"host", variable("HOST")}, {"port", variable("PORT")},
                                            {"user", variable("USER")}, {"password", variable("PASSWORD")},
                                            {"name", database()},       {"connect_timeout", "10"}};
  for (const auto& [name, value] : overrides) values[name] = value;
  driver::Options options;
  const PostgresqlDriver driver;
  for (const auto& spec : driver.info().options) {
    const auto given = values.find(spec.name);
    const auto& text = given == values.end() ? spec.fallback : given->second;
    if (text.empty())
      options.declare(spec);
    else
      options.set(spec, text, "the test");
  }
  return options;
}

std::unique_ptr<driver::Connection> connect(const std::map<std::string, std::string>& overrides) {
  return PostgresqlDriver().connect(options(overrides));
}

std::string ask(driver::Connection& connection, const std::string& sql, Row params) {
  const auto rows = connection.query({sql, std::move(params)});
  return rows.empty() ? "no row" : to_text(rows.rows.front().front());
}

std::string whole(const Error& error) {
  const auto& d = error.details();
  std::string text = std::string(error.code().id) + ": " + d.summary;
  if (!d.where.empty()) text += "\nwhere: " + d.where;
  if (!d.why.empty()) text += "\nwhy: " + d.why;
  for (const auto& next : d.next) text += "\nnext: " + next;
  if (const auto* statement = dynamic_cast<const StatementError*>(&error)) {
    text += "\nserver: " + statement->server().sqlstate + ' ' + statement->server().message;
    if (statement->server().position) text += fmt::format(" at byte {}", *statement->server().position);
  }
  return text::replace_all(text::replace_all(text, database(), "DATABASE"), variable("PORT"), "PORT");
}

void ServerTest::SetUp() {
  if (!server_there()) GTEST_SKIP() << "SKIPPED: POSTGRESQL_HOST is not set; eval \"$(ci/services.sh env)\" sets it";
  connection = connect();
  connection->execute({"DROP SCHEMA public CASCADE"});
  connection->execute({"CREATE SCHEMA public"});
  connection->execute({"GRANT USAGE ON SCHEMA public TO PUBLIC"});
}

}  // namespace dbctl::postgresql::test
