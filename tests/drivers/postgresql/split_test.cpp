// The lexer's rules and the classes of statements, against what the server itself makes of them.
#include "dbctl/sql/split.hpp"

#include "dbctl/sql/classify.hpp"
#include "plugins/drivers/postgresql/lexical.hpp"
#include "server.hpp"
#include "unit/sql/class_text.hpp"

namespace dbctl::postgresql {
namespace {

using test::ask;
using test::error_of;

class Scripts : public test::ServerTest {
 protected:
  void run(std::string_view script) const {
    for (const auto& statement : sql::split(script, lexical_rules()))
      connection->execute({.sql = std::string(statement.text)});
  }
};

TEST_F(Scripts, are_cut_where_the_server_would) {
  struct Case {
    const char* script;
    const char* question;
    const char* answer;
  };
  const Case cases[] = {
      {R"(CREATE TABLE a (t text); INSERT INTO a VALUES ('x;''y\'), (E'it\'s;'), (U&'\003B'), (E'p'
        'q\';');)",
       "SELECT string_agg(t, '|' ORDER BY t COLLATE \"C\") FROM a", ";|it's;|pq';|x;'y\\"},
      {"CREATE TABLE \"b;1\" (\"x\"\";\" int); /* a /* nested ; */ ' */ INSERT INTO \"b;1\" VALUES (5--;1);\n); -- "
       "'\rSELECT 1;",
       "SELECT max(\"x\"\";\") FROM \"b;1\"", "5"},
      {"CREATE FUNCTION c() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN PERFORM $$;$$; RETURN 7; END $body$; DO $$ "
       "BEGIN END; "
       "$$;",
       "SELECT c()", "7"},
      {"CREATE TABLE d (i int); CREATE TABLE d2 (i int); CREATE RULE r AS ON INSERT TO d DO ALSO (INSERT INTO d2 "
       "VALUES (NEW.i); "
       "INSERT INTO d2 VALUES (NEW.i + 1)); INSERT INTO d VALUES (1);",
       "SELECT sum(i) FROM d2", "3"},
      {"CREATE TABLE f (a$b int, i int); INSERT INTO f VALUES (1, 2); SET standard_conforming_strings = off; SELECT "
       "'a\\';b' "
       "FROM f; RESET standard_conforming_strings; SELECT 'a\\' FROM f;",
       "SELECT a$b + i FROM f", "3"},
      {"CREATE OPERATOR ## (FUNCTION = int4pl, LEFTARG = int, RIGHTARG = int); CREATE TABLE g AS SELECT 1 ## 2 AS i;",
       "SELECT i FROM g", "3"},
      {"CREATE PROCEDURE h(begin int) LANGUAGE plpgsql AS 'BEGIN NULL; END'; CREATE TABLE h (begin int, e int);",
       "SELECT count(*) FROM h", "0"},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.script);
    EXPECT_NO_THROW(run(c.script));
    EXPECT_EQ(ask(*connection, c.question), c.answer);
  }
}

TEST_F(Scripts, of_standard_bodies) {
  if (connection->server().version.major < 14) GTEST_SKIP() << "SKIPPED: BEGIN ATOMIC came with PostgreSQL 14";
  run("CREATE TABLE e (i int); CREATE FUNCTION e1(begin int) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO e "
      "VALUES (begin); "
      "SELECT CASE WHEN begin > 1 THEN 2 END AS end; END; SELECT e1(2);");
  EXPECT_EQ(ask(*connection, "SELECT e1(5) + (SELECT i FROM e LIMIT 1)"), "4");
}

class Classes : public Scripts {
 protected:
  /// In a transaction that is rolled back: what became of it.
  std::string transaction(const std::string& sql) const {
    connection->begin();
    std::string state;
    const auto error = error_of([&] { connection->execute({.sql = sql}); });
    connection->rollback();
    if (error.find("25001") != std::string::npos) return "refused";
    return error.empty() ? "joins" : error;
  }
  /// `error_of` without a failure where nothing is thrown.
  template <class Function>
  static std::string error_of(Function&& function) {
    try {
      function();
    } catch (const Error& error) {
      return test::whole(error);
    }
    return {};
  }
  std::string classed(std::string_view sql) const {
    return sql::test::text_of(sql::classify(sql, lexical_rules(), statement_classes()));
  }
};

TEST_F(Classes, say_what_the_server_takes_in_a_transaction) {
  run("CREATE TABLE t (a int, b int); CREATE INDEX k ON t (a); CREATE MATERIALIZED VIEW m AS SELECT 1 AS a; CREATE "
      "UNIQUE INDEX mu "
      "ON m (a); CREATE TABLE parts (a int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF parts FOR VALUES IN "
      "(1); CREATE "
      "TYPE mood AS ENUM ('sad')");
  const std::pair<const char*, const char*> cases[] = {
      {"CREATE TABLE c (a int)", "definition, table c"},
      {"CREATE TABLE IF NOT EXISTS T (a int)", "repeatable, table t"},
      {"CREATE TEMP TABLE tt (a int)", "session, table tt"},
      {"CREATE TEMP TABLE tu AS SELECT a FROM t", "session, table tu, reads data"},
      {"ALTER TABLE IF EXISTS ONLY public.t ADD c int", "definition, table public.t"},
      {"ALTER TABLE t RENAME TO \"T 2\"", "identity, table t, T 2"},
      {"ALTER TABLE t RENAME a TO c", "definition, table t"},
      {"CREATE UNIQUE INDEX i ON ONLY t (b)", "definition, index i on t"},
      {"CREATE INDEX CONCURRENTLY i ON t (b)", "definition, index i on t"},
      {"CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (b)", "definition, index i on t"},
      {"CREATE INDEX CONCURRENTLY ON t (b)", "unknown, index on t"},
      {"DROP INDEX CONCURRENTLY k", "definition, index k"},
      {"DROP INDEX IF EXISTS k, z", "repeatable, index k, z"},
      {"REINDEX TABLE t", "repeatable"},
      {"REINDEX TABLE CONCURRENTLY t", "repeatable"},
      {"REINDEX (VERBOSE) SCHEMA public", "repeatable"},
      {"REFRESH MATERIALIZED VIEW CONCURRENTLY m", "repeatable"},
      {"ALTER TABLE parts DETACH PARTITION p1 CONCURRENTLY", "definition, table parts on p1"},
      {"ALTER TABLE parts DETACH PARTITION p1", "definition, table parts"},
      {"VACUUM t", "repeatable"},
      {"ANALYZE t", "repeatable"},
      {"CLUSTER", "repeatable"},
      {"CLUSTER t USING k", "repeatable"},
      {"CREATE DATABASE t_never_there", "definition, database t_never_there"},
      {"DROP DATABASE IF EXISTS t_never_there", "repeatable, database t_never_there"},
      {"ALTER SYSTEM SET work_mem = '5MB'", "repeatable"},
      {"DISCARD ALL", "session"},
      {"SET search_path = public", "session"},
      {"SELECT pg_catalog.set_config('search_path', 'public', true)", "session"},
      {"TRUNCATE t", "identity, table t"},
      {"COMMENT ON TABLE t IS 'x'", "repeatable"},
      {"GRANT SELECT ON t TO public", "repeatable"},
      {"DO $$ BEGIN END $$", "unknown"},
      {"CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", "repeatable, function f"},
      {"CREATE VIEW v AS SELECT 1", "definition, view v"},
      {"DROP TABLE t, p1", "several, table t, p1"},
      {"INSERT INTO t VALUES (1, 2)", "data"},
      {"WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x", "data"},
      {"(SELECT 1) UNION (SELECT 2)", "query"},
      {"CREATE RULE r AS ON INSERT TO t DO NOTHING", "definition, rule r on t"},
      {"PREPARE s AS SELECT 1", "session"},
      {"LOCK TABLE t", "query"},
  };
  for (const auto& [sql, rest] : cases) EXPECT_EQ(classed(sql), transaction(sql) + ", " + rest) << sql;
}

TEST_F(Classes, of_what_is_not_run_here) {
  const std::pair<const char*, const char*> cases[] = {
      {"begin", "controls, control"},
      {"prepare transaction 'x'", "controls, control"},
      {"rollback to savepoint a", "controls, control"},
      {"end", "controls, control"},
      {"alter type mood add value 'ok'", "refused, definition, type mood"},
      {"alter type mood add value if not exists 'ok'", "refused, repeatable, type mood"},
      {"alter type mood rename value 'a' to 'b'", "joins, definition, type mood"},
      {"create subscription s connection '' publication p", "refused, definition, subscription s"},
      {"call p()", "joins, unknown"},
      {"copy t from stdin", "joins, data"},
      {"drop trigger r on public.t", "joins, definition, trigger r on public.t"},
      {"create index on t (a)", "joins, unknown"},
      {"frobnicate", "unknown, unknown"},
  };
  for (const auto& [sql, expected] : cases) EXPECT_EQ(classed(sql), expected) << sql;
}

TEST_F(Scripts, of_the_servers_own_dump) {
  const auto statements = sql::split(
      "\\restrict abc\n\nSET standard_conforming_strings = on;\nSELECT pg_catalog.set_config('search_path', '', "
      "false);\n\n"
      "COPY public.t (a, b) FROM stdin;\n1\tit's; \\N\n\\.\n\n\n--\n-- Name: x\n--\n\nALTER TABLE ONLY public.t ADD "
      "PRIMARY KEY "
      "(a);\n\n\\unrestrict abc\n\n",
      lexical_rules());
  ASSERT_EQ(statements.size(), 4U);
  EXPECT_EQ(statements[2].data, "1\tit's; \\N\n");
  EXPECT_EQ(statements[3].place, (sql::Place{15, 1}));
  EXPECT_EQ(error_of([&] { sql::split("\\connect other", lexical_rules(), {.file = "a.sql"}); }),
            "DBCTL-SQL-009: \\connect is a command of the database's own client, not SQL\nwhere: a.sql:1:1\n"
            "next: take it out, or write SQL that does the same");
}

}  // namespace
}  // namespace dbctl::postgresql
