#include <fmt/format.h>
#include <gtest/gtest.h>

#include "dbctl/base/codes.hpp"
#include "support.hpp"

// What a plugin throws later, in its driver, dialect or connection.
namespace dbctl::plugin::tests {
namespace {

class Guard : public ::testing::Test {
 protected:
  std::string failed_in(std::string_view call, std::string_view what) const {
    return fmt::format(
        "exit 10 DBCTL-PLG-010 driver \"sample\" failed in its own code, in {}()\n"
        "at DIR/libdbctl_driver_sample.so\nbecause {}\n-> report it to the plugin's author with this message\n",
        call, what);
  }
  std::string error(const std::function<void()>& action) const { return error_of(action, folder.path()); }

  Folder folder;
  fs::path file = folder.add("driver_sample");
  PluginHost host{{.directories = {folder.path()}}};
  const driver::Driver& driver = host.load_driver("sample");
};

TEST_F(Guard, Driver) {
  EXPECT_EQ(error([&] { driver.create_database({}); }), failed_in("create_database", "an object of type int"));
  EXPECT_FALSE(driver.drop_database({}));
}

TEST_F(Guard, Dialect) {
  const sql::Dialect& dialect = driver.dialect({});
  EXPECT_EQ(&driver.dialect({}), &dialect) << "lives as long as the driver";
  EXPECT_EQ(error([&] { dialect.literal({}); }), failed_in("literal", "std::logic_error: literal"));
  EXPECT_EQ(dialect.quote("a"), "\"a\"");
}

TEST_F(Guard, EveryCallOfAConnection) {
  const auto c = driver.connect({});
  const std::vector<std::pair<std::string, std::function<void()>>> calls = {
      {"info", [&] { c->info(); }},
      {"execute", [&] { c->execute({}); }},
      {"execute_all", [&] { c->execute_all({}); }},
      {"begin", [&] { c->begin(); }},
      {"commit", [&] { c->commit(); }},
      {"rollback", [&] { c->rollback(); }},
      {"in_transaction", [&] { c->in_transaction(); }},
      {"try_lock", [&] { c->try_lock("a"); }},
      {"lock_holder", [&] { c->lock_holder("a"); }},
      {"describe", [&] { c->describe(); }},
      {"relations", [&] { c->relations(); }},
      {"reset_session", [&] { c->reset_session(); }},
      {"set_statement_timeout", [&] { c->set_statement_timeout({}); }},
      {"examine", [&] { c->examine(); }},
  };
  for (const auto& [name, call] : calls) EXPECT_EQ(error(call), failed_in(name, "std::logic_error: " + name));
  EXPECT_EQ(c->server().product, "sample");
}

TEST_F(Guard, ErrorsOfDbctlPass) {
  const auto connection = driver.connect({});
  EXPECT_THROW(connection->query({}), StatementError);
}

TEST_F(Guard, WhatTheCallersOwnCallbackThrowsIsNotThePlugins) {
  const auto connection = driver.connect({});
  EXPECT_THROW(connection->each({}, [](const Row&) -> bool { throw std::out_of_range("mine"); }), std::out_of_range);
}

// A virtual function with a body of its own would be called on the guard, and never reach the plugin.
TEST_F(Guard, InterfacesArePure) {
  for (const std::string header : {"driver/driver.hpp", "sql/dialect.hpp"}) {
    const std::string text = read(fs::path(DBCTL_SOURCE_DIR) / "core/include/dbctl" / header);
    for (auto at = text.find("virtual "); at != std::string::npos; at = text.find("virtual ", at + 1)) {
      const std::string declaration = text.substr(at, text.find(';', at) - at);
      if (declaration.starts_with("virtual ~")) continue;
      EXPECT_TRUE(declaration.ends_with("= 0")) << header << ": " << declaration;
    }
  }
}

}  // namespace
}  // namespace dbctl::plugin::tests
