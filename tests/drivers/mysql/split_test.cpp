// The lexer's rules and the classes of statements, against what the servers themselves make of them.
#include "dbctl/sql/split.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"
#include "dbctl/sql/classify.hpp"
#include "plugins/drivers/mysql/lexical.hpp"
#include "server.hpp"
#include "unit/sql/class_text.hpp"

namespace dbctl::mysql {
namespace {

class Scripts : public test::ServerTest {
 protected:
  /// What the next test's empty database would still have.
  void TearDown() override {
    if (!connection) return;
    connection->execute({.sql = "DROP FUNCTION IF EXISTS g"});
    for (const char* event : {"m", "e"}) connection->execute({.sql = std::string("DROP EVENT IF EXISTS ") + event});
  }
  /// Runs a script's statements one by one, as far as the server takes them.
  void run(std::string_view script) const {
    for (const auto& statement : sql::split(script, lexical_rules()))
      connection->execute({.sql = std::string(statement.text)});
  }
};
DBCTL_ON_BOTH_SERVERS(Scripts);

TEST_P(Scripts, are_cut_where_the_server_would) {
  struct Case {
    const char* script;
    const char* question;
    const char* answer;
  };
  const Case cases[] = {
      {R"(CREATE TABLE a (t TEXT); INSERT INTO a VALUES ('x;\'y'), ("it's; \"z\""), ('a''b;');)",
       "SELECT GROUP_CONCAT(t ORDER BY t SEPARATOR '|') FROM a", "a'b;|it's; \"z\"|x;'y"},
      {"CREATE TABLE `b;1` (`x``;` INT); # a ; comment\nINSERT INTO `b;1` VALUES (5--1); -- ' another\n",
       "SELECT MAX(`x``;`) FROM `b;1`", "6"},
      {"CREATE TABLE c (i INT) /* ; ' */; /*!40101 INSERT INTO c VALUES (1), (2) */;\n--\tx ;\nINSERT INTO c VALUES "
       "(3)",
       "SELECT SUM(i) FROM c", "6"},
      {"CREATE TABLE d (i INT, end INT, begin INT);\nDELIMITER //\nCREATE PROCEDURE d1() BEGIN INSERT INTO d VALUES "
       "(1, 2, "
       "3); INSERT INTO d VALUES (4, 5, 6); END//\nDELIMITER ;\nCALL d1();",
       "SELECT SUM(i) FROM d", "5"},
      {"CREATE TABLE e (i INT, end INT);\nCREATE PROCEDURE e1(n INT)\nl: BEGIN\n DECLARE x INT DEFAULT CASE n WHEN 1 "
       "THEN 10 "
       "ELSE 20 END;\n DECLARE EXIT HANDLER FOR SQLEXCEPTION, NOT FOUND BEGIN INSERT INTO e VALUES (-1, 0); END;\n"
       " IF n = 1 THEN INSERT INTO e VALUES (x, 1); ELSEIF n = 2 THEN BEGIN END; ELSE LEAVE l; END IF;\n"
       " WHILE x > 8 DO SET x = x - 1; END WHILE;\n REPEAT SET x = x + IF(x > 0, 1, 2); UNTIL x > 12 END REPEAT;\n"
       " CASE x WHEN 13 THEN INSERT INTO e VALUES (x, CASE WHEN x THEN 2 END); ELSE SELECT 1; END CASE;\n"
       " w: LOOP LEAVE w; END LOOP w;\n INSERT INTO e SELECT MAX(i) + 1, MAX(e.end) AS end FROM e;\nEND l;\nCALL "
       "e1(1);",
       "SELECT GROUP_CONCAT(i ORDER BY i) FROM e", "10,13,14"},
      {"CREATE TABLE f (i INT); CREATE TRIGGER f1 BEFORE INSERT ON f FOR EACH ROW SET NEW.i = CASE NEW.i WHEN 1 THEN "
       "10 ELSE "
       "NEW.i END; CREATE TRIGGER f2 BEFORE INSERT ON f FOR EACH ROW FOLLOWS f1 IF NEW.i = 10 THEN SET NEW.i = 11; END "
       "IF; "
       "INSERT INTO f VALUES (1), (2);",
       "SELECT SUM(i) FROM f", "13"},
      {"CREATE FUNCTION g(`begin` INT) RETURNS ENUM('a', 'b') DETERMINISTIC NO SQL RETURN IF(`begin`, 'a', 'b'); "
       "SELECT 1;",
       "SELECT g(0)", "b"},
      {R"(CREATE TABLE h (t TEXT); SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'; INSERT INTO "h" VALUES ('\');)"
       R"( SET sql_mode = DEFAULT; INSERT INTO h VALUES ("\";");)",
       "SELECT GROUP_CONCAT(t ORDER BY t SEPARATOR '|') FROM h", "\";|\\"},
      {"CREATE PROCEDURE k() COMMENT 'begin' SELECT 1; CREATE TABLE k2 (i INT DEFAULT 1.5e1, 2fa INT); INSERT INTO k2 "
       "() VALUES "
       "();",
       "SELECT CONCAT(i, '/', k2.2fa IS NULL) FROM k2", "15/1"},
      {"CREATE EVENT m ON SCHEDULE AT '2037-01-01' DO BEGIN SELECT 1; SELECT 2; END; CREATE TABLE m1 (i INT);",
       "SELECT COUNT(*) FROM information_schema.EVENTS WHERE EVENT_NAME = 'm' AND EVENT_SCHEMA = DATABASE()", "1"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.script);
    EXPECT_EQ(error_of([&] { run(c.script); }), "no error");
    EXPECT_EQ(ask(c.question), c.answer);
  }
}

TEST_P(Scripts, of_compound_statements_on_mariadb) {
  if (!mariadb()) GTEST_SKIP() << "SKIPPED: MySQL has no compound statements outside stored programs";
  run("CREATE TABLE n (i INT); BEGIN NOT ATOMIC FOR i IN 1..3 DO INSERT INTO n VALUES (i); END FOR; END; IF 1 THEN "
      "INSERT "
      "INTO n VALUES (10); END IF");
  EXPECT_EQ(ask("SELECT SUM(i) FROM n"), "16");
}

/// Whether the statement ended the transaction that it ran in: what was inserted before it survives a rollback.
class Classes : public Scripts {
 protected:
  std::string commits(const std::string& sql) const {
    connection->execute({.sql = "DELETE FROM witness"});
    connection->execute({.sql = "START TRANSACTION"});
    connection->execute({.sql = "INSERT INTO witness VALUES (1)"});
    const auto error = error_of([&] { connection->execute({.sql = sql}); });
    connection->execute({.sql = "ROLLBACK"});
    connection->execute({.sql = "UNLOCK TABLES"});
    if (error != "no error") return error;
    return ask("SELECT COUNT(*) FROM witness") == "1" ? "commits" : "joins";
  }
  std::string classed(std::string_view sql) const {
    return sql::test::text_of(sql::classify(sql, lexical_rules(), statement_classes()));
  }
};
DBCTL_ON_BOTH_SERVERS(Classes);

TEST_P(Classes, say_what_the_server_commits) {
  run("CREATE TABLE witness (i INT); CREATE TABLE t (a INT, b INT, KEY k (a)); CREATE TABLE o (a INT)");
  const std::pair<const char*, const char*> cases[] = {
      {"CREATE TABLE c (a INT)", "definition, table c"},
      {"CREATE TABLE IF NOT EXISTS c (a INT)", "repeatable, table c"},
      {"ALTER TABLE c ADD COLUMN b INT", "definition, table c"},
      {"ALTER TABLE c FORCE", "repeatable, table c"},
      {"ALTER TABLE c ENGINE = InnoDB", "repeatable, table c"},
      {"ALTER TABLE c AUTO_INCREMENT = 5", "repeatable, table c"},
      {"ALTER TABLE c RENAME COLUMN b TO d", "definition, table c"},
      {"ALTER TABLE c RENAME TO c2", "identity, table c, c2"},
      {"ALTER TABLE c2 ADD INDEX i2 (a), RENAME AS c", "identity, table c2, c"},
      {"RENAME TABLE c TO c2", "identity, table c, c2"},
      {"RENAME TABLE c2 TO c3, o TO c2, c3 TO o", "several, table c2, c3, o, c2, c3, o"},
      {"TRUNCATE t", "identity, table t"},
      {"TRUNCATE TABLE t", "identity, table t"},
      {"CREATE UNIQUE INDEX i USING BTREE ON t (b)", "definition, index i on t"},
      {"DROP INDEX i ON t", "definition, index i on t"},
      {"CREATE ALGORITHM = MERGE DEFINER = CURRENT_USER SQL SECURITY INVOKER VIEW v AS SELECT a FROM t",
       "definition, view v"},
      {"CREATE OR REPLACE VIEW v AS SELECT b FROM t", "repeatable, view v"},
      {"ALTER VIEW v AS SELECT a FROM t", "repeatable, view v"},
      {"CREATE DEFINER = CURRENT_USER TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1",
       "definition, trigger r on t"},
      {"CREATE PROCEDURE p() SELECT 1", "definition, procedure p"},
      {"ALTER PROCEDURE p COMMENT 'x'", "repeatable"},
      {"CREATE EVENT e ON SCHEDULE AT '2037-01-01' DO CREATE TABLE IF NOT EXISTS z (a INT)", "definition, event e"},
      {"DROP EVENT e", "definition, event e"},
      {"DROP TRIGGER r", "definition, trigger r"},
      {"DROP PROCEDURE IF EXISTS p", "repeatable, procedure p"},
      {"DROP VIEW v", "definition, view v"},
      {"CREATE TABLE d1 (a INT)", "definition, table d1"},
      {"DROP TABLE d1, c2", "several, table d1, c2"},
      {"DROP TABLE IF EXISTS d1, c2", "repeatable, table d1, c2"},
      {"ANALYZE TABLE t", "repeatable, table t"},
      {"OPTIMIZE TABLE t", "repeatable, table t"},
      {"LOCK TABLES t WRITE, witness WRITE", "session"},
      {"INSERT INTO t VALUES (1, 2)", "data"},
      {"REPLACE INTO t VALUES (1, 2)", "data"},
      {"WITH x AS (SELECT 1 AS a) SELECT * FROM x", "data"},
      {"UPDATE t SET a = 2", "data"},
      {"DELETE FROM t", "data"},
      {"SELECT a FROM t FOR UPDATE", "query"},
      {"SELECT COUNT(*) INTO @n FROM t", "session, reads data"},
      {"SET @x = 1", "session"},
      {"SET @x = (SELECT MAX(a) FROM t)", "session, reads data"},
      {"SET NAMES utf8mb4", "session"},
      {"SET SESSION sql_mode = ''", "session"},
      {"PREPARE s FROM 'SELECT 1'", "session"},
      {"DEALLOCATE PREPARE s", "session"},
      {"DO SLEEP(0)", "query"},
      {"CREATE TEMPORARY TABLE tt (a INT)", "session, table tt"},
      {"CREATE TEMPORARY TABLE tu AS SELECT a FROM t", "session, table tu, reads data"},
      {"DROP TEMPORARY TABLE tt", "session, table tt"},
      {"SHOW TABLES", "query"},
  };
  for (const auto& [sql, rest] : cases) EXPECT_EQ(classed(sql), commits(sql) + ", " + rest) << sql;
}

TEST_P(Classes, of_what_is_not_run_here) {
  const std::pair<const char*, const char*> cases[] = {
      {"/* x */ begin", "controls, control"},
      {"start transaction read only", "controls, control"},
      {"set autocommit = 0", "controls, control"},
      {"set @@session.autocommit = 0", "controls, control"},
      {"set session transaction isolation level read committed", "controls, control"},
      {"xa start 'a'", "controls, control"},
      {"begin not atomic select 1; end", "unknown, unknown"},
      {"call p()", "unknown, unknown"},
      {"execute s", "unknown, unknown"},
      {"set statement max_statement_time = 1 for alter table t force", "unknown, unknown"},
      {"alter table t exchange partition p with table u", "commits, unknown, table t"},
      {"alter table t truncate partition p", "commits, identity, table t"},
      {"alter table db.t rename u", "commits, identity, table db.t, u"},
      {"alter table t rename index a to b", "commits, definition, table t"},
      {"alter table t force, algorithm = inplace, lock = none", "commits, repeatable, table t"},
      {"alter table t force, add a int", "commits, definition, table t"},
      {"create user a@b identified by 'c'", "commits, unknown"},
      {"create user if not exists a@b", "commits, repeatable"},
      {"grant select on x.* to a@b", "commits, repeatable"},
      {"create definer = `table`@`%` function f() returns int return 1", "commits, definition, function f"},
      {"/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER r BEFORE INSERT ON t FOR EACH ROW SET @a = 1 */",
       "commits, definition, trigger r on t"},
      {"select * from t into outfile '/tmp/x'", "joins, unknown"},
      {"optimise t", "unknown, unknown"},
  };
  for (const auto& [sql, expected] : cases) EXPECT_EQ(classed(sql), expected) << sql;
}

TEST_P(Scripts, with_commands_of_the_client_are_refused) {
  EXPECT_EQ(error_of([&] { run("SELECT 1;\nsource x.sql\n"); }),
            "DBCTL-SQL-009 source is a command of the database's own client, not SQL\nat line 2, column 1\n"
            "-> take it out, or write SQL that does the same");
  EXPECT_EQ(error_of([&] { run("SELECT 1\\G\n"); }),
            "DBCTL-SQL-009 \\G is a command of the database's own client, not SQL\nat line 1, column 9\n"
            "-> take it out, or write SQL that does the same");
}

/// A keyword in the list whose case mattered would hide a change.
TEST_P(Scripts, keywords_are_none_that_can_name_a_table) {
  EXPECT_TRUE(std::ranges::is_sorted(keywords()));
  for (const std::string_view word : {"USERS", "USER", "STATUS", "GROUPS", "RANK", "SYSTEM", "ORDERS", "ROLE"})
    EXPECT_FALSE(std::ranges::binary_search(keywords(), word)) << word;
  EXPECT_EQ(sql::token_hash("create table Users (Id int not null) engine = innodb comment 'x'", lexical_rules()),
            sql::token_hash("CREATE TABLE Users (Id INT NOT NULL) ENGINE=InnoDB COMMENT 'x'", lexical_rules()));
  EXPECT_NE(sql::token_hash("create table Users (Id int)", lexical_rules()),
            sql::token_hash("create table users (Id int)", lexical_rules()));
}

}  // namespace
}  // namespace dbctl::mysql
