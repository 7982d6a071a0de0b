// Statements that commit by themselves, and a run that ends at their side: cases that fool a comparison of definitions.
#include <algorithm>
#include <functional>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/catalog/catalog.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "server.hpp"

namespace dbctl::mysql {
namespace {

using migrate::Boundary;
using testing::ElementsAre;
using testing::HasSubstr;

/// The end of the process, as far as one can be had without losing the test: nothing catches it.
struct Killed {};

class Killer final : public migrate::Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const migrate::PlannedMigration&) override {}
  void statement(const migrate::PlannedMigration&, const migrate::PlannedStatement& s) override {
    sent.push_back(s.step.statement.sql);
  }
  void batch(const migrate::PlannedMigration&, const migrate::PlannedStatement&, std::int64_t) override {}
  void finished(const migrate::PlannedMigration&, std::int64_t) override {}
  void boundary(const migrate::PlannedMigration&, const migrate::PlannedStatement& s, Boundary b) override {
    if (b == at && s.step.statement.sql.find(where) != std::string::npos && !where.empty()) throw Killed{};
  }

  Boundary at = Boundary::sending;
  std::string where;  ///< a part of the statement; empty: never
  std::vector<std::string> sent;
};

schema::Operation raw(std::string sql) {
  return {.what = schema::RawSql{.sql = std::move(sql)}};
}

class RecoveryTest : public test::ServerTest {
 protected:
  using Operations = std::vector<schema::Operation>;

  /// One migration, whose down is empty.
  static catalog::Catalog catalog_of(const Operations& up) {
    catalog::Catalog catalog;
    catalog.add_migration("shop", "migrations/shop/20240101000001_change.cpp", [up] {
      return catalog::Body{up, Operations{}};
    });
    return catalog;
  }
  static catalog::Catalog catalog_of(const std::vector<std::string>& statements) {
    Operations up;
    for (const auto& sql : statements) up.push_back(raw(sql));
    return catalog_of(up);
  }

  /// A run in a session of its own, which is over afterwards. Whether it came to its end.
  template <class Migrations>
  bool run(const Migrations& migrations) {
    journal::Database database(driver_, options(), {.lock_timeout = std::chrono::seconds(20), .actor = {}});
    try {
      migrate::migrate(database, catalog_of(migrations), {}, {}, killer_);
      return true;
    } catch (const Killed&) {
      return false;
    }
  }
  template <class Migrations>
  void killed(const Migrations& migrations, Boundary at, const std::string& where) {
    killer_.at = at;
    killer_.where = where;
    EXPECT_FALSE(run(migrations)) << "it was not killed";
    killer_.where.clear();
    killer_.sent.clear();
  }
  template <class Migrations>
  std::string code_of(const Migrations& migrations) {
    try {
      run(migrations);
    } catch (const Error& error) {
      why_ = error.details().summary + "\n" + error.details().why;
      return std::string(error.code().id);
    }
    return "nothing";
  }
  void execute(const std::string& sql) { connection->execute({.sql = sql}); }
  /// All values of the first column.
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> out;
    for (const auto& row : connection->query({.sql = sql}).rows) out.push_back(to_text(row[0]));
    return out;
  }

  MysqlDriver driver_;
  Killer killer_;
  std::string why_;
};

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

TEST_P(RecoveryTest, what_set_up_the_session_is_sent_again) {
  const std::vector<std::string> all{"SET @answer = 42", "CREATE TABLE a (id INT PRIMARY KEY)",
                                     "INSERT INTO a VALUES (@answer)"};
  for (const auto at : {Boundary::sending, Boundary::done}) {
    empty_database();
    killed(all, at, "CREATE");
    EXPECT_TRUE(run(all));
    EXPECT_EQ(ask("SELECT id FROM a"), "42");
  }
}

TEST_P(RecoveryTest, what_the_session_read_from_rows_is_refused_before_a_definition) {
  const std::vector<std::string> all{"SET @n = (SELECT 1)", "CREATE TABLE a (id INT PRIMARY KEY)"};
  EXPECT_EQ(code_of(all), codes::schema_unprovable.id);
  EXPECT_THAT(column("SHOW TABLES LIKE 'a'"), testing::IsEmpty());
}

TEST_P(RecoveryTest, a_call_is_refused_unless_its_author_says_how_to_tell) {
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

TEST_P(RecoveryTest, an_edited_statement_counts_as_edited_only_once_it_took_effect) {
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

TEST_P(RecoveryTest, what_is_half_applied_is_rolled_back_from_where_it_stands) {
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

DBCTL_ON_BOTH_SERVERS(RecoveryTest);

}  // namespace
}  // namespace dbctl::mysql
