// The lexer's rules and the classes of statements, against what SQLite itself makes of them.
#include "dbctl/sql/split.hpp"

#include <algorithm>

#include <sqlite3.h>

#include "dbctl/sql/classify.hpp"
#include "drivers/sqlite/support.hpp"
#include "plugins/drivers/sqlite/lexical.hpp"
#include "unit/sql/class_text.hpp"

namespace dbctl::sqlite::test {
namespace {

/// A script run by SQLite's own reading of it, statement by statement, beside ours.
class Both {
 public:
  Both() { sqlite3_open(":memory:", &handle_); }
  ~Both() { sqlite3_close(handle_); }
  Both(const Both&) = delete;
  Both& operator=(const Both&) = delete;

  /// Where SQLite ends each statement, as offsets behind its semicolon.
  std::vector<std::size_t> ends(const std::string& script) {
    std::vector<std::size_t> found;
    const char* rest = script.c_str();
    while (*rest != 0) {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest) != SQLITE_OK) {
        ADD_FAILURE() << sqlite3_errmsg(handle_) << " in " << script;
        return found;
      }
      if (statement == nullptr) continue;
      while (sqlite3_step(statement) == SQLITE_ROW) continue;
      EXPECT_EQ(sqlite3_finalize(statement), SQLITE_OK) << sqlite3_errmsg(handle_);
      found.push_back(static_cast<std::size_t>(rest - script.c_str()));
    }
    return found;
  }

 private:
  sqlite3* handle_ = nullptr;
};

TEST(SqliteScripts, are_cut_where_sqlite_cuts) {
  for (const std::string script : {
           "CREATE TABLE a (t); INSERT INTO a VALUES ('x;''y'), (\"t;\"\"\" IS NULL); SELECT 1;",
           "CREATE TABLE [b;1] (`x``;`, \"y\"\";\"); INSERT INTO [b;1] VALUES (5--;1);\n, x'0A'); -- ' ;\nSELECT 1; /* "
           "; /* */ ;",
           "CREATE TABLE c (begin, end, [case]); CREATE TRIGGER t AFTER INSERT ON c BEGIN UPDATE c SET end = CASE WHEN "
           "begin "
           "THEN 1 END; SELECT end FROM c; SELECT \"end\" FROM c; END; INSERT INTO c VALUES (1, 2, 3);",
           "CREATE TABLE d (begin, x); CREATE TEMP TRIGGER IF NOT EXISTS t AFTER UPDATE OF begin, x ON d WHEN "
           "new.begin > 1 AND "
           "new.x BEGIN DELETE FROM d; END;SELECT 1;",
           "BEGIN; CREATE TABLE e (i); COMMIT; EXPLAIN CREATE TABLE f (i);;; SELECT $a, ?1, :b;",
           "CREATE TABLE g (i);\r\n\r\nINSERT INTO g VALUES (1e5),(.5),(0x1F);\r\n-- end",
       }) {
    Both both;
    const auto expected = both.ends(script);
    std::vector<std::size_t> found;
    for (const auto& statement : sql::split(script, lexical_rules())) {
      auto end = statement.offset + statement.text.size();
      end = std::min(script.find(';', end), script.size() - 1) + 1;
      found.push_back(end);
    }
    EXPECT_EQ(found, expected) << script;
  }
}

/// In a transaction that is rolled back: what became of the statement.
std::string transaction(Shop& shop, const std::string& sql) {
  shop->begin();
  const auto error = error_of([&] { shop.execute(sql); });
  shop->rollback();
  if (error.find("within a transaction") != std::string::npos || error.find("from within") != std::string::npos ||
      error.find("is locked") != std::string::npos)
    return "refused";
  return error == "no error" ? "joins" : error;
}

std::string classed(std::string_view sql) {
  return sql::test::text_of(sql::classify(sql, lexical_rules(), statement_classes()));
}

TEST(SqliteClasses, say_what_sqlite_takes_in_a_transaction) {
  Folder folder;
  Shop shop(Given{{"file", folder / "a.db"}});
  shop.execute("CREATE TABLE t (a, b)");
  shop.execute("ATTACH ':memory:' AS other");
  const std::pair<const char*, const char*> cases[] = {
      {"CREATE TABLE [C 1] (a)", "definition, table C 1"},
      {"CREATE TABLE IF NOT EXISTS t (a)", "repeatable, table t"},
      {"CREATE VIRTUAL TABLE v USING fts5(a)", "definition, table v"},
      {"CREATE TEMP TABLE tt (a)", "session, table tt"},
      {"CREATE TEMP TABLE tu AS SELECT * FROM t", "session, table tu, reads data"},
      {"CREATE UNIQUE INDEX main.i ON t (a)", "definition, index main.i on t"},
      {"CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; END", "definition, trigger r on t"},
      {"ALTER TABLE t RENAME TO u", "identity, table t, u"},
      {"ALTER TABLE t RENAME a TO c", "definition, table t"},
      {"ALTER TABLE t ADD c", "definition, table t"},
      {"DROP TABLE t", "definition, table t"},
      {"DROP INDEX IF EXISTS i", "repeatable, index i"},
      {"INSERT INTO t VALUES (1, 2)", "data"},
      {"WITH x AS (SELECT 1) SELECT * FROM x", "data"},
      {"ANALYZE", "repeatable"},
      {"REINDEX", "repeatable"},
      {"VACUUM", "repeatable"},
      {"DETACH other", "session"},
      {"PRAGMA user_version = 5", "repeatable"},
      {"PRAGMA main.cache_size = 100", "session"},
      {"SELECT 1", "query"},
  };
  for (const auto& [sql, rest] : cases) EXPECT_EQ(classed(sql), transaction(shop, sql) + ", " + rest) << sql;
}

TEST(SqliteClasses, know_pragmas_that_do_nothing_in_a_transaction) {
  Folder folder;
  Shop shop(Given{{"file", folder / "a.db"}});
  shop->begin();
  shop.execute("PRAGMA foreign_keys = OFF");
  shop->rollback();
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(classed("PRAGMA foreign_keys = OFF"), "refused, session");
  EXPECT_EQ(classed("pragma main.journal_mode = wal"), "refused, repeatable");
  EXPECT_EQ(classed("savepoint a"), "controls, control");
  EXPECT_EQ(classed("end"), "controls, control");
  EXPECT_EQ(classed("frobnicate"), "unknown, unknown");
}

TEST(SqliteScripts, with_commands_of_the_shell_are_refused) {
  EXPECT_EQ(error_of([] { sql::split("SELECT 1;\n.read x.sql\n", lexical_rules(), {.file = "a.sql"}); }),
            "DBCTL-SQL-009: .read is a command of the database's own client, not SQL\nwhere: a.sql:2:1\n"
            "next: take it out, or write SQL that does the same");
  EXPECT_EQ(sql::split("SELECT .5; SELECT 1 .5", lexical_rules()).size(), 2U);
}

}  // namespace
}  // namespace dbctl::sqlite::test
