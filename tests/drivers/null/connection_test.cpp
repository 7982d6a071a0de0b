#include "plugins/drivers/null/connection.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "plugins/drivers/null/driver.hpp"
#include "support/error_text.hpp"

namespace dbctl::null {
namespace {

using test::error_text;

NullConnection connection() {
  return NullConnection({.product = "null"}, {});
}

std::vector<std::string> texts(const NullConnection& c) {
  std::vector<std::string> all;
  for (const auto& statement : c.statements()) all.push_back(statement.sql);
  return all;
}

TEST(NullConnection, remembers_statements_and_transactions) {
  auto c = connection();
  c.begin(false);
  EXPECT_TRUE(c.in_transaction());
  EXPECT_EQ(c.execute({.sql = "CREATE TABLE a (b INT)"}), 0);
  c.commit();
  EXPECT_FALSE(c.in_transaction());
  c.begin(false);
  EXPECT_TRUE(c.query({.sql = "SELECT 1"}).empty());
  c.rollback();
  c.rollback();
  EXPECT_EQ(texts(c),
            (std::vector<std::string>{"BEGIN", "CREATE TABLE a (b INT)", "COMMIT", "BEGIN", "SELECT 1", "ROLLBACK"}));
}

TEST(NullConnection, refuses_what_it_cannot_do) {
  auto c = connection();
  EXPECT_EQ(error_text([&] { c.commit(); }), "DBCTL-SQL-005 COMMIT outside a transaction");
  EXPECT_EQ(error_text([&] { c.begin(true); }), "DBCTL-SCH-003 the null driver has no foreign keys to suspend");
  EXPECT_FALSE(c.in_transaction());
}

TEST(NullConnection, holds_its_locks_until_they_are_given_up) {
  auto c = connection();
  EXPECT_FALSE(c.lock_holder("a"));
  EXPECT_TRUE(c.try_lock("a"));
  EXPECT_TRUE(c.try_lock("a"));
  EXPECT_FALSE(c.lock_holder("b"));
  EXPECT_TRUE(c.try_lock("b"));
  EXPECT_TRUE(c.lock_holder("a"));
  EXPECT_TRUE(c.lock_holder("b"));
  c.unlock();
  EXPECT_FALSE(c.lock_holder("a"));
  EXPECT_FALSE(c.lock_holder("b"));
}

TEST(NullDriver, records_to_the_file_of_its_option) {
  const NullDriver driver;
  const auto file = (std::filesystem::temp_directory_path() / ("null_record_" + std::to_string(::getpid()))).string();
  driver::Options options;
  options.set(driver.info().options.at(0), file, "the test");
  const auto c = driver.connect(options);
  c->begin();
  c->execute({.sql = "DROP TABLE a"});
  c->commit();
  std::ostringstream recorded;
  recorded << std::ifstream(file).rdbuf();
  std::filesystem::remove(file);
  EXPECT_EQ(recorded.str(), "BEGIN;\nDROP TABLE a;\nCOMMIT;\n");
}

TEST(NullDriver, says_which_file_it_cannot_write) {
  const NullDriver driver;
  driver::Options options;
  options.set(driver.info().options.at(0), "/nowhere/record.sql", "the test");
  EXPECT_EQ(error_text([&] { driver.connect(options)->execute({.sql = "SELECT 1"}); }),
            "DBCTL-SQL-004 cannot write to /nowhere/record.sql\n"
            "because the null driver's option \"record\" names it\n"
            "-> name a file that can be written, or take the option out");
}

TEST(NullDriver, has_no_database) {
  const NullDriver driver;
  driver::Options options;
  EXPECT_EQ(driver.database_name(options), "null");
  EXPECT_EQ(error_text([&] { driver.create_database(options); }),
            "DBCTL-SCH-003 the null driver has no database to create\n-> name another driver");
  EXPECT_THROW(driver.drop_database(options), Unsupported);
}

}  // namespace
}  // namespace dbctl::null
