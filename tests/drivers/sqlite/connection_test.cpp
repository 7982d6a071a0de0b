#include "dbctl/base/codes.hpp"
#include "drivers/sqlite/support.hpp"

namespace dbctl::sqlite::test {
namespace {

TEST(SqliteConnection, commit_and_rollback) {
  Shop shop;
  shop.execute("CREATE TABLE t (a)");
  shop->begin();
  EXPECT_TRUE(shop->in_transaction());
  shop.execute("INSERT INTO t VALUES (1)");
  shop.execute("CREATE TABLE u (a)");
  shop->rollback();
  EXPECT_FALSE(shop->in_transaction());
  EXPECT_EQ(shop.rows("SELECT count(*) FROM t"), "0");
  EXPECT_EQ(shop->relations(), (std::vector<std::string>{"t"}));
  shop->begin();
  shop.execute("INSERT INTO t VALUES (1)");
  shop->commit();
  EXPECT_EQ(shop.rows("SELECT count(*) FROM t"), "1");
  shop->rollback();  // nothing to undo, no error
}

constexpr const char* stray =
    "DBCTL-SQL-005: a statement ended the transaction that it ran in\n"
    "why: what came before it may be in the database, what came after it was undone if it could be\n"
    "next: take COMMIT, ROLLBACK and BEGIN out of the SQL: dbctl commits by itself";

TEST(SqliteConnection, a_stray_commit_is_found) {
  Shop shop;
  shop.execute("CREATE TABLE t (a)");
  for (const std::vector<std::string>& script :
       std::vector<std::vector<std::string>>{{"INSERT INTO t VALUES (1)", "COMMIT"},
                                             {"ROLLBACK"},
                                             {"INSERT INTO t VALUES (1)", "COMMIT", "BEGIN"},
                                             {"INSERT INTO t VALUES (1)", "ROLLBACK", "BEGIN IMMEDIATE"}}) {
    shop->begin();
    for (const auto& sql : script) shop.execute(sql);
    EXPECT_EQ(error_of([&] { shop->commit(); }), stray) << script.back();
    EXPECT_FALSE(shop->in_transaction());
  }
  shop->begin();
  shop->commit();  // and the next is a transaction like any
}

TEST(SqliteConnection, foreign_keys_are_enforced_again_on_every_path) {
  Shop shop;
  shop.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  shop.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))");
  const auto enforced = [&] { return shop.rows("PRAGMA foreign_keys") + shop.rows("PRAGMA legacy_alter_table"); };
  EXPECT_EQ(enforced(), "10");
  shop->begin(true);
  EXPECT_EQ(enforced(), "00");
  shop->commit();
  EXPECT_EQ(enforced(), "10");
  shop->begin(true);
  shop.execute("PRAGMA legacy_alter_table = ON");
  shop->rollback();
  EXPECT_EQ(enforced(), "10");
  shop->begin(true);
  EXPECT_NE(error_of([&] { shop.execute("nonsense"); }), "no error");
  shop->rollback();
  EXPECT_EQ(enforced(), "10");
  shop->begin(true);
  shop.execute("COMMIT");
  EXPECT_EQ(error_of([&] { shop->commit(); }), stray);
  EXPECT_EQ(enforced(), "10");
}

TEST(SqliteConnection, broken_foreign_keys_stop_the_commit) {
  Shop shop;
  shop.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  shop.execute("CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent (id))");
  shop->begin(true);
  for (std::int64_t i = 1; i <= 7; ++i) shop.execute("INSERT INTO child VALUES (?, 9)", {i});
  EXPECT_EQ(error_of([&] { shop->commit(); }),
            "DBCTL-SQL-006: 7 foreign keys would be broken; the step was undone\n"
            "why: row 1 of child refers to a row that parent does not have; row 2 of child refers to a row that parent "
            "does not have; row 3 of child refers to a row that parent does not have; row 4 of child refers to a row "
            "that parent does not have; row 5 of child refers to a row that parent does not have; and 2 more\n"
            "next: mend or delete those rows: `PRAGMA foreign_key_check` lists them all");
  EXPECT_FALSE(shop->in_transaction());
  EXPECT_EQ(shop.rows("SELECT count(*) FROM child"), "0");
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
}

TEST(SqliteConnection, foreign_keys_that_the_environment_switched_off_stay_off) {
  Shop shop(Given{{"in_memory", "true"}, {"foreign_keys", "false"}});
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "0");
  shop->begin(true);
  shop.execute("PRAGMA legacy_alter_table = ON");
  shop->commit();
  EXPECT_EQ(shop.rows("SELECT * FROM pragma_foreign_keys, pragma_legacy_alter_table"), "0|0");
}

TEST(SqliteErrors, constraints) {
  Shop shop;
  shop.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
  shop.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))");
  shop.execute(
      "CREATE TRIGGER no_zero BEFORE INSERT ON parent WHEN new.id = 0 BEGIN SELECT RAISE(ABORT, 'no zero'); END");
  shop.execute("INSERT INTO parent VALUES (1, 'a')");
  const auto error = [&](const std::string& sql) { return error_of([&] { shop.execute(sql); }); };
  EXPECT_EQ(error("INSERT INTO parent VALUES (2, 'a')"),
            "DBCTL-SQL-002: another row has the same parent.name already\n"
            "why: SQLite error 2067: UNIQUE constraint failed: parent.name\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(error("INSERT INTO parent VALUES (1, 'b')"),
            "DBCTL-SQL-002: another row has the same parent.id already\n"
            "why: SQLite error 1555: UNIQUE constraint failed: parent.id\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(error("INSERT INTO parent VALUES (2, NULL)"),
            "DBCTL-SQL-002: parent.name must not be NULL\n"
            "why: SQLite error 1299: NOT NULL constraint failed: parent.name\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(error("INSERT INTO child VALUES (7)"),
            "DBCTL-SQL-002: a foreign key is violated: the row referred to does not exist, or is still referred to\n"
            "why: SQLite error 787: FOREIGN KEY constraint failed\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(error("INSERT INTO parent VALUES (0, 'z')"),
            "DBCTL-SQL-002: a trigger refused the row: no zero\n"
            "why: SQLite error 1811: no zero\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
}

TEST(SqliteErrors, a_statement_that_is_none) {
  Shop shop;
  try {
    shop->execute({.sql = "SELECT 1,\n  missing FROM t", .origin = {.file = "m.sql", .line = 3, .column = 1}});
    FAIL() << "no error";
  } catch (const StatementError& error) {
    EXPECT_EQ(whole(error),
              "DBCTL-SQL-001: SQLite refused a statement: no such table: t\n"
              "where: m.sql:3:1\n"
              "why: SQLite error 1: no such table: t");
    EXPECT_EQ(error.server().native, 1);
    EXPECT_EQ(error.server().message, "no such table: t");
  }
  try {
    shop.execute("SELECT 1, FROM t");
    FAIL() << "no error";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.server().message, "near \"FROM\": syntax error");
    EXPECT_EQ(error.server().position, 10U);
  }
}

TEST(SqliteErrors, one_statement_and_all_its_values) {
  Shop shop;
  EXPECT_EQ(error_of([&] { shop.execute("SELECT 1; SELECT 2"); }),
            "DBCTL-SQL-001: the statement cannot be sent\nwhy: it is more than one");
  EXPECT_EQ(error_of([&] { shop.execute("SELECT 1; -- nothing more\n ; /* nor here */"); }), "no error");
  EXPECT_EQ(error_of([&] { shop.execute(" -- nothing"); }),
            "DBCTL-SQL-001: the statement cannot be sent\nwhy: it is empty");
  EXPECT_EQ(error_of([&] { shop.execute("SELECT ?, ?", {std::int64_t{1}}); }),
            "DBCTL-SQL-001: the statement cannot be sent\nwhy: it has 2 parameters and 1 value is given");
}

TEST(SqliteErrors, another_writer_and_a_time_limit) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}, {"busy_timeout", "0"}};
  Shop first(given), second(given);
  first->begin();
  EXPECT_EQ(error_of([&] { second->begin(); }), "DBCTL-SQL-003: another program is writing to " + (folder / "shop.db") +
                                                    "\nwhy: SQLite error 5: database is locked\n"
                                                    "next: wait until it is done and run the same command again\n"
                                                    "next: raise the option busy_timeout");
  EXPECT_FALSE(second->in_transaction());
  EXPECT_EQ(error_of([&] { second->begin(true); }).substr(0, 13), "DBCTL-SQL-003");
  EXPECT_EQ(second.rows("PRAGMA foreign_keys"), "1");
  first->rollback();
  second->begin();
  second->rollback();

  first->set_statement_timeout(std::chrono::milliseconds(20));
  const std::string endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
  EXPECT_EQ(error_of([&] { first.rows(endless); }),
            "DBCTL-SQL-003: the statement ran longer than allowed and was stopped\n"
            "why: SQLite error 9: interrupted\nnext: raise --statement-timeout");
  first->set_statement_timeout(std::chrono::milliseconds(0));
  EXPECT_EQ(first.rows("SELECT 1"), "1");
}

TEST(SqliteErrors, a_commit_that_finds_readers_undoes) {
  Folder folder;
  const Given given{{"file", folder / "shop.db"}, {"busy_timeout", "0"}};
  Shop writer(given), reader(given);
  writer.execute("CREATE TABLE t (a)");
  writer.execute("INSERT INTO t VALUES (1), (2)");
  reader.execute("BEGIN");
  EXPECT_EQ(reader.rows("SELECT count(*) FROM t"), "2");
  writer->begin();
  writer.execute("DELETE FROM t");
  EXPECT_EQ(error_of([&] { writer->commit(); }).substr(0, 13), "DBCTL-SQL-003");
  EXPECT_FALSE(writer->in_transaction());
  reader.execute("COMMIT");
  EXPECT_EQ(writer.rows("SELECT count(*) FROM t"), "2");
}

TEST(SqliteConnection, a_session_is_as_after_connecting) {
  Folder folder;
  Shop shop(Given{{"file", folder / "shop.db"}, {"synchronous", "normal"}, {"cache_size", "-4000"}});
  shop.execute("CREATE TABLE kept (a)");
  for (const auto* sql :
       {"CREATE TEMP TABLE \"a \"\"b\" (a)", "CREATE TEMP VIEW v AS SELECT 1", "ATTACH ':memory:' AS other",
        "PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON", "PRAGMA synchronous = OFF",
        "PRAGMA ignore_check_constraints = ON", "PRAGMA recursive_triggers = ON"})
    shop.execute(sql);
  shop->reset_session();
  EXPECT_EQ(shop.rows("SELECT name FROM sqlite_temp_master"), "");
  EXPECT_EQ(shop.rows("SELECT name FROM pragma_database_list WHERE name <> 'temp'"), "main");
  EXPECT_EQ(shop.rows("SELECT * FROM pragma_foreign_keys, pragma_legacy_alter_table, pragma_synchronous, "
                      "pragma_ignore_check_constraints, pragma_recursive_triggers, pragma_cache_size"),
            "1|0|1|0|0|-4000");
  EXPECT_EQ(shop->relations(), (std::vector<std::string>{"kept"}));
}

}  // namespace
}  // namespace dbctl::sqlite::test
