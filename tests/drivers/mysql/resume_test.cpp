// Where a run goes on: what its session knew, what was edited meanwhile, and the way back from half a migration.
#include <algorithm>

#include <gmock/gmock.h>

#include "recovery.hpp"

namespace dbctl::mysql {
namespace {

using test::Boundary;
using test::Killed;
using test::raw;
using testing::ElementsAre;

class ResumeTest : public test::RecoveryTest {};

TEST_P(ResumeTest, what_set_up_the_session_is_sent_again) {
  const std::vector<std::string> all{"SET @answer = 42", "CREATE TABLE a (id INT PRIMARY KEY)",
                                     "INSERT INTO a VALUES (@answer)"};
  for (const auto at : {Boundary::sending, Boundary::done}) {
    empty_database();
    killed(all, at, "CREATE");
    EXPECT_TRUE(run(all));
    EXPECT_EQ(ask("SELECT id FROM a"), "42");
  }
}

TEST_P(ResumeTest, what_the_session_read_from_rows_is_refused_before_a_definition) {
  const std::vector<std::string> all{"SET @n = (SELECT 1)", "CREATE TABLE a (id INT PRIMARY KEY)"};
  EXPECT_EQ(code_of(all), codes::schema_unprovable.id);
  EXPECT_THAT(column("SHOW TABLES LIKE 'a'"), testing::IsEmpty());
}

TEST_P(ResumeTest, a_call_is_refused_unless_its_author_says_how_to_tell) {
  execute("CREATE TABLE a (id INT PRIMARY KEY)");
  execute("CREATE PROCEDURE fill() INSERT INTO a SELECT count(*) FROM a AS other");
  EXPECT_EQ(code_of(std::vector<std::string>{"CALL fill()"}), codes::schema_unprovable.id);
  auto call = raw("CALL fill()");
  std::get<schema::RawSql>(call.what).done_when = "SELECT 1 FROM a";
  for (const auto at : {Boundary::sending, Boundary::done}) {
    execute("DELETE FROM a");
    journal::Database(driver_, options(), {.actor = {}}).journal().create();
    killed(Operations{call}, at, "CALL");
    EXPECT_TRUE(run(Operations{call}));
    EXPECT_EQ(ask("SELECT count(*) FROM a"), "1") << static_cast<int>(at);
    for (const std::string table : {"dbctl_migrations", "dbctl_progress"}) execute("DELETE FROM " + table);
  }
}

TEST_P(ResumeTest, an_edited_statement_counts_as_edited_only_once_it_took_effect) {
  const std::vector<std::string> old{"CREATE TABLE a (id INT PRIMARY KEY)", "ALTER TABLE a ADD COLUMN n INT"};
  const std::vector<std::string> edited{"CREATE TABLE a (id INT PRIMARY KEY)", "ALTER TABLE a ADD COLUMN m INT"};
  killed(old, Boundary::sending, "ALTER");
  EXPECT_TRUE(run(edited)) << "the old one had not run";
  EXPECT_THAT(column("SHOW COLUMNS FROM a"), ElementsAre("id", "m"));
  empty_database();
  killed(old, Boundary::done, "ALTER");
  EXPECT_EQ(code_of(edited), codes::journal_edited.id);
  EXPECT_EQ(code_of(std::vector{old.front()}), codes::journal_edited.id) << "a shorter file is an error, too";
  EXPECT_TRUE(run(old));
}

TEST_P(ResumeTest, what_is_half_applied_is_rolled_back_from_where_it_stands) {
  const auto table = [](std::string name) {
    return schema::Operation{
        .what = schema::CreateTable{{.name = std::move(name),
                                     .columns = {{.name = "id", .type = {.kind = schema::TypeKind::integer}}},
                                     .primary_key = {"id"}}}};
  };
  const Operations up{table("a"), table("b"), table("c")};
  catalog::Catalog catalog;
  catalog.add_migration("shop", "migrations/shop/20240101000001_make.cpp", [up] { return catalog::Body{up}; });
  for (const auto at : {Boundary::sending, Boundary::done}) {
    empty_database();
    killer_.at = at;
    killer_.where = "CREATE TABLE `c`";
    for (const bool down : {false, true}) {
      journal::Database database(driver_, options(), {.lock_timeout = std::chrono::seconds(20), .actor = {}});
      try {
        down ? migrate::rollback(database, catalog, {}, {}, killer_)
             : migrate::migrate(database, catalog, {}, {}, killer_);
        EXPECT_TRUE(down);
      } catch (const Killed&) {
        EXPECT_FALSE(down);
      }
      killer_.where.clear();
    }
    const auto left = column("SHOW TABLES");
    EXPECT_TRUE(std::ranges::all_of(left, [](const auto& name) { return name.starts_with("dbctl_"); }))
        << testing::PrintToString(left);
    journal::Database database(driver_, options(), {.actor = {}});
    EXPECT_FALSE(database.read().progress.has_value());
    EXPECT_EQ(migrate::migrate(database, catalog, {}, {}, killer_).migrations.size(), 1U);
  }
}

DBCTL_ON_BOTH_SERVERS(ResumeTest);

}  // namespace
}  // namespace dbctl::mysql
