#include <chrono>

#include "conformance/fixture.hpp"
#include "dbctl/base/codes.hpp"

/// The database itself, its lock, and what the driver says of itself.
namespace dbctl::conformance {
namespace {

using namespace std::chrono_literals;

class DriverTest : public Test {};

TEST_F(DriverTest, describes_itself) {
  const auto& info = subject().driver().info();
  EXPECT_FALSE(info.name.empty());
  EXPECT_FALSE(info.client.empty());
  EXPECT_FALSE(info.assumed.product.empty());
  for (const auto& option : info.options) {
    EXPECT_FALSE(option.help.empty()) << option.name;
    EXPECT_EQ(option.type == driver::OptionType::choice, !option.choices.empty()) << option.name;
  }
  EXPECT_EQ(dialect().info().driver, info.name);
  EXPECT_EQ(dialect().info().server.product, db().server().product);
  EXPECT_EQ(subject().driver().dialect({}).info().server.product, info.assumed.product) << "no product: the assumed";
  EXPECT_FALSE(subject().driver().target(subject().options()).empty());
  EXPECT_FALSE(subject().driver().database_name(subject().options()).empty());
}

TEST_F(DriverTest, says_what_it_is_connected_to) {
  const auto info = db().info();
  EXPECT_FALSE(info.server.empty());
  EXPECT_FALSE(info.database.empty());
  EXPECT_FALSE(db().examine().empty());
  for (const auto& finding : db().examine()) EXPECT_FALSE(finding.subject.empty() || finding.text.empty());
}

TEST_F(DriverTest, makes_and_drops_databases_where_that_is_claimed) {
  const auto& driver = subject().driver();
  if (!claims().create_database) {
    EXPECT_THROW(driver.create_database(subject().options()), Unsupported);
    EXPECT_THROW(driver.drop_database(subject().options()), Unsupported);
    return;
  }
  if (subject().in_memory()) {
    EXPECT_FALSE(driver.create_database(subject().options())) << "it is there with the connection";
    return;
  }
  disconnect();
  EXPECT_FALSE(driver.create_database(subject().options())) << "it is there";
  EXPECT_TRUE(driver.drop_database(subject().options()));
  EXPECT_FALSE(driver.drop_database(subject().options())) << "it is gone";
  EXPECT_TRUE(driver.create_database(subject().options()));
  EXPECT_FALSE(driver.create_database(subject().options())) << "it is there again";
  EXPECT_TRUE(subject().connect()->relations().empty());
}

class LockTest : public Test {
 protected:
  static constexpr const char* name = "dbctl:conformance";

  /// A server notices a little later that a session is gone.
  static bool locks_within(driver::Connection& connection, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!connection.try_lock(name))
      if (std::chrono::steady_clock::now() > end) return false;
    return true;
  }
};

TEST_F(LockTest, is_taken_again_by_its_holder) {
  EXPECT_TRUE(db().try_lock(name));
  EXPECT_TRUE(db().try_lock(name)) << "true when this session holds it now";
  db().unlock();
  db().unlock();
  EXPECT_TRUE(db().try_lock(name));
}

TEST_F(LockTest, excludes_others_where_that_is_claimed) {
  if (!claims().session_lock || !shared()) return;
  const auto other = subject().connect();
  EXPECT_FALSE(other->lock_holder(name).has_value());
  ASSERT_TRUE(db().try_lock(name));
  EXPECT_FALSE(other->try_lock(name));
  const auto holder = other->lock_holder(name);
  ASSERT_TRUE(holder.has_value());
  EXPECT_FALSE(holder->text.empty());
  db().unlock();
  EXPECT_TRUE(other->try_lock(name));
  EXPECT_FALSE(db().try_lock(name));
}

TEST_F(LockTest, excludes_nobody_where_that_is_not_claimed) {
  if (claims().session_lock) return;
  const auto other = subject().connect();
  ASSERT_TRUE(db().try_lock(name));
  EXPECT_TRUE(other->try_lock(name)) << "it excludes others: claim session_lock";
}

TEST_F(LockTest, dies_with_its_connection) {
  if (!claims().session_lock || !shared()) return;
  const auto other = subject().connect();
  ASSERT_TRUE(db().try_lock(name));
  EXPECT_FALSE(other->try_lock(name));
  disconnect();
  EXPECT_TRUE(locks_within(*other, 10s));
}

TEST_F(LockTest, outlives_transactions_and_resets) {
  if (!claims().session_lock || !shared()) return;
  const auto other = subject().connect();
  ASSERT_TRUE(db().try_lock(name));
  db().begin();
  db().commit();
  EXPECT_FALSE(other->try_lock(name)) << "after a commit";
  db().begin();
  db().rollback();
  EXPECT_FALSE(other->try_lock(name)) << "after a rollback";
  db().reset_session();
  EXPECT_FALSE(other->try_lock(name)) << "after a reset";
  db().unlock();
  EXPECT_TRUE(other->try_lock(name));
}

}  // namespace
}  // namespace dbctl::conformance
