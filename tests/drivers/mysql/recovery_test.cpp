// Cases that fool a comparison of definitions.
#include "recovery.hpp"

#include <gmock/gmock.h>

namespace dbctl::mysql {
namespace {

using test::Boundary;
using test::Killed;
using test::raw;
using testing::ElementsAre;
using testing::HasSubstr;

class RecoveryTest : public test::RecoveryTest {};

const auto every_point = {Boundary::intended, Boundary::sending, Boundary::done, Boundary::recorded};

TEST_P(RecoveryTest, tables_that_are_alike_change_their_names_once) {
  for (const auto at : every_point) {
    empty_database();
    execute("CREATE TABLE a (id INT PRIMARY KEY)");
    execute("CREATE TABLE b (id INT PRIMARY KEY)");
    execute("INSERT INTO a VALUES (1)");
    execute("INSERT INTO b VALUES (2)");
    const std::vector<std::string> swap{"RENAME TABLE a TO c, b TO a, c TO b"};
    killed(swap, at, "RENAME");
    EXPECT_TRUE(run(swap));
    EXPECT_EQ(ask("SELECT id FROM a"), "2") << "killed at " << static_cast<int>(at);
    EXPECT_EQ(ask("SELECT id FROM b"), "1");
  }
}

TEST_P(RecoveryTest, what_changes_nothing_that_is_seen_is_run_again) {
  for (const std::string sql : {"ALTER TABLE a FORCE", "OPTIMIZE TABLE a"})
    for (const auto at : {Boundary::sending, Boundary::done}) {
      empty_database();
      execute("CREATE TABLE a (id INT PRIMARY KEY)");
      killed(std::vector{sql}, at, "TABLE");
      EXPECT_TRUE(run(std::vector{sql})) << sql;
      EXPECT_THAT(killer_.sent, ElementsAre(sql));
    }
}

TEST_P(RecoveryTest, rows_that_came_after_a_truncation_stay) {
  const std::vector<std::string> truncate{"TRUNCATE TABLE a"};
  for (const bool done : {true, false}) {
    empty_database();
    execute("CREATE TABLE a (id INT PRIMARY KEY)");
    execute("INSERT INTO a VALUES (1)");
    killed(truncate, done ? Boundary::done : Boundary::sending, "TRUNCATE");
    execute("INSERT INTO a VALUES (2)");  // an application at work
    EXPECT_TRUE(run(truncate));
    EXPECT_EQ(ask("SELECT count(*) FROM a"), done ? "1" : "0");
  }
}

TEST_P(RecoveryTest, a_list_of_drops_goes_on_where_it_failed) {
  for (const std::string table : {"a", "c"}) execute("CREATE TABLE " + table + " (id INT PRIMARY KEY)");
  EXPECT_EQ(code_of(std::vector<std::string>{"DROP TABLE a, missing, c"}), codes::statement_failed.id);
  EXPECT_THAT(column("SHOW TABLES LIKE 'a'"), testing::IsEmpty());
  EXPECT_THAT(column("SHOW TABLES LIKE 'c'"), ElementsAre("c"));
  EXPECT_TRUE(run(std::vector<std::string>{"DROP TABLE a, c"})) << "what is done is done, the rest was edited";
  EXPECT_THAT(column("SHOW TABLES LIKE 'c'"), testing::IsEmpty());
}

TEST_P(RecoveryTest, a_table_that_others_refer_to_is_dropped_after_them) {
  const schema::Table parent{.name = "parent",
                             .columns = {{.name = "id", .type = {.kind = schema::TypeKind::integer}}},
                             .primary_key = {"id"}};
  auto child = parent;
  child.name = "child";
  child.foreign_keys = {
      {.name = "fk_child_id", .columns = {"id"}, .references = "parent", .references_columns = {"id"}}};
  const Operations all{
      {.what = schema::CreateTable{parent}}, {.what = schema::CreateTable{child}}, raw("DROP TABLE parent, child")};
  EXPECT_TRUE(run(all));
  EXPECT_EQ(killer_.sent.back(), "DROP TABLE `parent`");
}

TEST_P(RecoveryTest, a_change_by_someone_else_is_not_taken_for_the_statement) {
  const schema::Operation add{
      .what = schema::AddColumn{"a", {.name = "n", .type = {.kind = schema::TypeKind::integer}, .nullable = true}}};
  const schema::Operation make{
      .what = schema::CreateTable{{.name = "a",
                                   .columns = {{.name = "id", .type = {.kind = schema::TypeKind::integer}}},
                                   .primary_key = {"id"}}}};
  for (const bool model : {true, false}) {
    empty_database();
    const Operations all =
        model ? Operations{make, add}
              : Operations{raw("CREATE TABLE a (id INT PRIMARY KEY)"), raw("ALTER TABLE a ADD COLUMN n INT")};
    killed(all, Boundary::sending, "ALTER");
    execute("ALTER TABLE a ADD COLUMN operators INT");
    EXPECT_EQ(code_of(all), codes::journal_ambiguous.id) << model;
    execute("ALTER TABLE a DROP COLUMN operators");
    EXPECT_TRUE(run(all)) << "it was undone, and nothing is ambiguous any more";
    EXPECT_THAT(column("SHOW COLUMNS FROM a"), ElementsAre("id", "n"));
  }
}

TEST_P(RecoveryTest, a_change_of_another_object_is_told_and_may_be_accepted) {
  const std::vector<std::string> all{"CREATE TABLE a (id INT PRIMARY KEY)", "ALTER TABLE a ADD COLUMN n INT"};
  execute("CREATE TABLE other (id INT PRIMARY KEY)");
  killed(all, Boundary::done, "ALTER");
  execute("ALTER TABLE other ADD COLUMN x INT");
  EXPECT_EQ(code_of(all), codes::journal_ambiguous.id);
  EXPECT_THAT(why_, HasSubstr("table other"));
  {
    journal::Database database(driver_, options(), {.actor = {}});
    EXPECT_TRUE(migrate::repair(
        database, catalog_of(all), migrate::Repair::accept_edit, "change", [](const auto&) { return true; }, killer_));
  }
  EXPECT_TRUE(run(all));
  EXPECT_THAT(column("SHOW COLUMNS FROM a"), ElementsAre("id", "n"));
}

TEST_P(RecoveryTest, what_a_repeatable_statement_made_is_nobody_elses_change) {
  const std::vector<std::string> all{"CREATE TABLE a (id INT PRIMARY KEY)",
                                     "CREATE TABLE IF NOT EXISTS b (id INT PRIMARY KEY)",
                                     "ALTER TABLE a ADD COLUMN n INT"};
  for (const auto at : {Boundary::sending, Boundary::done}) {
    empty_database();
    execute("CREATE TABLE there_before (id INT PRIMARY KEY)");
    killed(all, at, "ALTER");
    EXPECT_TRUE(run(all));
    EXPECT_THAT(column("SHOW COLUMNS FROM a"), ElementsAre("id", "n"));
  }
}

TEST_P(RecoveryTest, rows_that_no_rollback_brings_back_are_refused_before_they_change) {
  execute("CREATE TABLE counted (id INT PRIMARY KEY) ENGINE=MyISAM");
  execute("CREATE TABLE safe (id INT PRIMARY KEY)");
  const std::vector<std::string> insert{"INSERT INTO safe VALUES (1)", "INSERT INTO counted VALUES (1)"};
  EXPECT_EQ(code_of(insert), codes::schema_unprovable.id);
  EXPECT_THAT(why_, HasSubstr("counted"));
  EXPECT_EQ(ask("SELECT count(*) FROM safe"), "0");
  EXPECT_EQ(ask("SELECT count(*) FROM counted"), "0");
  auto replace = raw("REPLACE INTO counted VALUES (1)");
  std::get<schema::RawSql>(replace.what).repeatable = true;
  EXPECT_TRUE(run(Operations{raw("INSERT INTO safe VALUES (1)"), replace}));
  EXPECT_EQ(ask("SELECT count(*) FROM counted"), "1");
}

TEST_P(RecoveryTest, what_goes_with_a_dropped_table_is_nobodys_change) {
  for (const auto at : every_point) {
    empty_database();
    execute("CREATE TABLE a (id INT PRIMARY KEY)");
    execute("CREATE TABLE other (id INT PRIMARY KEY)");
    execute("CREATE TRIGGER counts AFTER INSERT ON a FOR EACH ROW INSERT INTO other VALUES (NEW.id)");
    const std::vector<std::string> drop{"DROP TABLE a"};
    killed(drop, at, "DROP");
    EXPECT_TRUE(run(drop)) << "killed at " << static_cast<int>(at);
    EXPECT_THAT(column("SHOW TRIGGERS"), testing::IsEmpty());
    EXPECT_THAT(column("SHOW TABLES LIKE 'a'"), testing::IsEmpty());
  }
}

DBCTL_ON_BOTH_SERVERS(RecoveryTest);

}  // namespace
}  // namespace dbctl::mysql
