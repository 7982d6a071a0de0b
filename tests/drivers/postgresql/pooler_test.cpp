#include <cstdlib>

#include <gmock/gmock.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "server.hpp"

/// Through the pooler that PGBOUNCER_HOST and its like name, which gives each transaction another session.
namespace dbctl::postgresql::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string pooler(const char* name) {
  const char* const value = std::getenv((std::string("PGBOUNCER_") + name).c_str());
  return value == nullptr ? "" : value;
}

class Watcher final : public migrate::Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const migrate::PlannedMigration&) override {}
  void statement(const migrate::PlannedMigration&, const migrate::PlannedStatement&) override {}
  void batch(const migrate::PlannedMigration&, const migrate::PlannedStatement&, std::int64_t) override {}
  void finished(const migrate::PlannedMigration&, std::int64_t) override {}
};

class PoolerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (pooler("HOST").empty() || !server_there()) GTEST_SKIP() << "PGBOUNCER_HOST is not set";
    direct_ = connect();
    clean();
    direct_->execute({"CREATE SCHEMA pooled"});
  }
  void TearDown() override {
    if (!direct_) return;
    clean();
    // the pooler keeps its sessions, and with them the database
    direct_->query(
        {"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
         "pg_backend_pid()"});
  }
  void clean() { direct_->execute({"DROP SCHEMA IF EXISTS pooled CASCADE"}); }

  static std::map<std::string, std::string> overrides() {
    return {{"host", pooler("HOST")}, {"port", pooler("PORT")}, {"schema", "pooled"}};
  }
  static catalog::Catalog catalog_of(std::vector<std::string> statements) {
    catalog::Catalog catalog;
    catalog.add_domain({.name = "shop", .file = "libdbctl_domain_shop.so", .build_id = {}});
    int version = 0;
    for (auto& sql : statements)
      catalog.add_migration(
          "shop", "migrations/shop/2024010100000" + std::to_string(++version) + "_m.cpp", [sql = std::move(sql)] {
            return catalog::Body{{{.what = schema::RawSql{.sql = sql}}}, std::vector<schema::Operation>{}};
          });
    return catalog;
  }

  PostgresqlDriver driver_;
  Watcher watcher_;
  std::unique_ptr<driver::Connection> direct_;
};

TEST_F(PoolerTest, makes_and_drops_a_database) {
  const auto pooled = options({{"host", pooler("HOST")}, {"port", pooler("PORT")}, {"name", "dbctl_pooled"}});
  driver_.drop_database(pooled);
  EXPECT_TRUE(driver_.create_database(pooled));
  EXPECT_FALSE(driver_.create_database(pooled)) << "it is there";
  EXPECT_EQ(ask(*driver_.connect(pooled), "SELECT current_database()"), "dbctl_pooled");
  EXPECT_TRUE(driver_.drop_database(pooled)) << "the pooler's session for it is idle by now";
}

TEST_F(PoolerTest, says_what_cannot_be_relied_on) {
  const auto pooled = connect(overrides());
  EXPECT_FALSE(pooled->trusts_session_locks());
  EXPECT_THAT(pooled->session().id, IsEmpty());
  EXPECT_TRUE(direct_->trusts_session_locks());
  EXPECT_FALSE(direct_->session().id.empty());
}

TEST_F(PoolerTest, brings_its_settings_to_each_statement_and_leaves_none_behind) {
  const auto one = connect(overrides());
  auto elsewhere = overrides();
  elsewhere.erase("schema");
  const auto other = connect(elsewhere);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(ask(*one, "SELECT current_schema()"), "pooled");
    EXPECT_NE(ask(*other, "SELECT current_schema()"), "pooled");
    EXPECT_EQ(ask(*one, "SHOW TimeZone"), "UTC");
  }
}

TEST_F(PoolerTest, migrates_by_a_lease) {
  journal::Database database(driver_, options(overrides()), {.actor = {"tester", "here", "0.1.0"}});
  const auto catalog = catalog_of({"CREATE TABLE a (n integer)", "INSERT INTO a VALUES (1)"});
  EXPECT_EQ(migrate::migrate(database, catalog, {}, {}, watcher_).migrations.size(), 2U);
  EXPECT_EQ(ask(*direct_, "SELECT count(*) FROM pooled.a"), "1");
  EXPECT_EQ(ask(*direct_, "SELECT token FROM pooled.dbctl_lock WHERE id = 1"), "1") << "the lease was chosen by itself";
  EXPECT_TRUE(migrate::migrate(database, catalog, {}, {}, watcher_).migrations.empty());
}

TEST_F(PoolerTest, refuses_what_commits_by_itself_before_anything_is_sent) {
  journal::Database database(driver_, options(overrides()), {.actor = {"tester", "here", "0.1.0"}});
  const auto catalog = catalog_of({"CREATE TABLE a (n integer)", "CREATE INDEX CONCURRENTLY i ON a (n)"});
  try {
    migrate::migrate(database, catalog, {}, {}, watcher_);
    ADD_FAILURE() << "it went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::lock_pooler.id);
    EXPECT_EQ(error.details().summary, "a statement that commits by itself cannot run through a transaction pooler");
    EXPECT_THAT(error.details().where, HasSubstr("20240101000002_m"));
    EXPECT_THAT(error.details().why, HasSubstr("CREATE INDEX CONCURRENTLY i ON a (n)"));
    ASSERT_FALSE(error.details().next.empty());
    EXPECT_THAT(error.details().next.front(), HasSubstr("past the pooler"));
  }
  EXPECT_THAT(database.connection().relations(), IsEmpty());
}

}  // namespace
}  // namespace dbctl::postgresql::test
