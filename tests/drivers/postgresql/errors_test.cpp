#include "plugins/drivers/postgresql/errors.hpp"

#include "server.hpp"

namespace dbctl::postgresql {
namespace {

using test::error_of;
using test::LeaksOfTheLibrary;
using test::ServerTest;

TEST(Position, the_caret_becomes_a_byte) {
  EXPECT_EQ(position_in("select * from nope", "ERROR:  x\nLINE 1: select * from nope\n                      ^\n"), 14U);
  EXPECT_EQ(position_in("select 1,\n\tnope", "ERROR:  x\nLINE 2:  nope\n         ^\n"), 11U);
  EXPECT_EQ(position_in("select 'gr\xC3\xBC\xC3\x9F\x65', nope",
                        "ERROR:  x\nLINE 1: select 'gr\xC3\xBC\xC3\x9F\x65', nope\n                         ^\n"),
            19U);
  EXPECT_EQ(position_in("select aaaaaaaaaa, nope, b", "ERROR:  x\nLINE 1: ...aaaaa, nope, b\n                  ^\n"),
            19U);
  EXPECT_EQ(position_in("select 1", "ERROR:  x\n"), std::nullopt);
  EXPECT_EQ(position_in("select 1", "ERROR:  x\nLINE 7: other\n        ^\n"), std::nullopt);
}

class Errors : public ServerTest {
 protected:
  std::string failing(const std::string& sql, Row params = {}) {
    return error_of([&] { connection->execute({sql, std::move(params), {"m.cpp", 3, 5}}); });
  }
};

TEST_F(Errors, statements) {
  EXPECT_EQ(failing("SELECT * FROM nope"),
            "DBCTL-SQL-001: the database refused a statement: relation \"nope\" does not exist\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 42P01\n"
            "server: 42P01 relation \"nope\" does not exist at byte 14");
  EXPECT_EQ(failing("SELEKT 1"),
            "DBCTL-SQL-001: the database refused a statement: syntax error at or near \"SELEKT\"\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 42601\n"
            "server: 42601 syntax error at or near \"SELEKT\" at byte 0");
  EXPECT_EQ(failing("SELECT '\xF0\x9F\x9A\x80\xE4\xB8\xAD', nope"),
            "DBCTL-SQL-001: the database refused a statement: column \"nope\" does not exist\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 42703\n"
            "server: 42703 column \"nope\" does not exist at byte 18");
  EXPECT_EQ(failing("SELECT $1 + nope", {std::int64_t{1}}),
            "DBCTL-SQL-001: the database refused a statement: column \"nope\" does not exist\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 42703\n"
            "server: 42703 column \"nope\" does not exist at byte 12");
  EXPECT_EQ(
      failing(
          "DO $$ BEGIN RAISE NOTICE 'step one'; RAISE EXCEPTION 'no' USING ERRCODE = 'ZZ001', HINT = 'try'; END $$"),
      "DBCTL-SQL-001: the database refused a statement: no\n"
      "where: m.cpp:3:5\n"
      "why: SQLSTATE ZZ001\n"
      "HINT:  try\n"
      "CONTEXT:  PL/pgSQL function inline_code_block line 1 at RAISE\n"
      "NOTICE:  step one\n"
      "server: ZZ001 no");
}

TEST_F(Errors, constraints) {
  connection->execute({"CREATE TABLE t (a int PRIMARY KEY CHECK (a > 0), b int REFERENCES t (a))"});
  connection->execute({"INSERT INTO t VALUES (1)"});
  EXPECT_EQ(failing("INSERT INTO t VALUES ($1)", {std::int64_t{1}}),
            "DBCTL-SQL-002: a constraint was violated: duplicate key value violates unique constraint \"t_pkey\"\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 23505\n"
            "DETAIL:  Key (a)=(1) already exists.\n"
            "server: 23505 duplicate key value violates unique constraint \"t_pkey\"");
  EXPECT_NE(failing("INSERT INTO t VALUES (0)").find("why: SQLSTATE 23514"), std::string::npos);
  EXPECT_NE(failing("INSERT INTO t VALUES (2, 3)").find("why: SQLSTATE 23503"), std::string::npos);
}

TEST_F(Errors, locks_and_timeouts) {
  connection->execute({"CREATE TABLE t (a int)"});
  const auto other = test::connect({{"lock_timeout", "50"}});
  connection->begin(false);
  connection->execute({"LOCK TABLE t"});
  EXPECT_EQ(error_of([&] { other->execute({"SELECT * FROM t"}); }),
            "DBCTL-SQL-003: a lock or timeout stopped the statement: canceling statement due to lock timeout\n"
            "why: SQLSTATE 55P03\n"
            "next: wait until the other session ends, or raise lock_timeout\n"
            "server: 55P03 canceling statement due to lock timeout at byte 14");
  other->reset_session();
  EXPECT_EQ(test::ask(*other, "SHOW lock_timeout"), "50ms");
  connection->rollback();
  other->set_statement_timeout(std::chrono::milliseconds(50));
  EXPECT_EQ(error_of([&] { other->execute({"SELECT pg_sleep(10)"}); }),
            "DBCTL-SQL-003: a lock or timeout stopped the statement: canceling statement due to statement timeout\n"
            "why: SQLSTATE 57014\n"
            "next: raise --statement-timeout, or make the statement shorter\n"
            "server: 57014 canceling statement due to statement timeout");
  other->reset_session();
  EXPECT_EQ(test::ask(*other, "SHOW statement_timeout"), "50ms");
}

TEST_F(Errors, a_lost_serialization_is_told_as_busy) {
  connection->execute({"CREATE TABLE t (a int)"});
  connection->execute({"INSERT INTO t VALUES (1)"});
  connection->execute({"SET default_transaction_isolation = 'repeatable read'"});
  connection->begin(false);
  connection->query({"SELECT a FROM t"});
  test::connect()->execute({"UPDATE t SET a = 2"});
  EXPECT_EQ(
      failing("UPDATE t SET a = 3"),
      "DBCTL-SQL-003: a lock or timeout stopped the statement: could not serialize access due to concurrent update\n"
      "where: m.cpp:3:5\n"
      "why: SQLSTATE 40001\n"
      "next: run the same command again\n"
      "server: 40001 could not serialize access due to concurrent update");
  connection->rollback();
}

TEST_F(Errors, rights_and_reading_only) {
  connection->execute({"CREATE TABLE secrets (a int)"});
  connection->execute({"SET ROLE tlsonly"});
  EXPECT_EQ(failing("SELECT * FROM secrets"),
            "DBCTL-SQL-007: the user lacks a privilege: permission denied for table secrets\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 42501\n"
            "next: grant the right, or run as the owner of the objects\n"
            "server: 42501 permission denied for table secrets");
  connection->reset_session();
  connection->execute({"SET default_transaction_read_only = on"});
  EXPECT_EQ(failing("CREATE TABLE t (a int)"),
            "DBCTL-SQL-004: the database cannot write: cannot execute CREATE TABLE in a read-only transaction\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 25006\n"
            "next: connect to the primary server, or as a user whose transactions may write\n"
            "server: 25006 cannot execute CREATE TABLE in a read-only transaction");
}

TEST_F(Errors, what_the_client_cannot_send) {
  EXPECT_EQ(failing("copy t (a) /* all */ from  STDIN with (format csv)"),
            "DBCTL-SQL-001: COPY … FROM STDIN cannot run here\n"
            "where: m.cpp:3:5\n"
            "why: there is no stream of data between dbctl and the server\n"
            "next: put the rows into a seeder, .rows_from(…)\n"
            "next: COPY from a file on the server\n"
            "server: 0A000 COPY has no client stream here");
  EXPECT_EQ(failing("SELECT $1", {std::string("a\0b", 3)}),
            "DBCTL-SQL-001: the database refused a statement: a text holds the character NUL, which PostgreSQL cannot "
            "store; use a binary column\n"
            "where: m.cpp:3:5\n"
            "why: SQLSTATE 22021\n"
            "server: 22021 a text holds the character NUL, which PostgreSQL cannot store; use a binary column");
  EXPECT_EQ(failing(std::string("SELECT '\0'", 10)).substr(0, 80),
            "DBCTL-SQL-001: the database refused a statement: the statement holds the charact");
  EXPECT_EQ(test::ask(*connection, "SELECT 1"), "1");
}

TEST_F(Errors, a_killed_session_is_lost) {
  const auto other = test::connect();
  const auto pid = test::ask(*other, "SELECT pg_backend_pid()");
  other->begin(false);
  connection->query({"SELECT pg_terminate_backend($1::int, 5000)", {pid}});
  const LeaksOfTheLibrary leaks;
  const auto first = error_of([&] { other->query({"SELECT 1"}); });
  EXPECT_EQ(first.substr(0, first.find("why: ")),
            "DBCTL-CON-005: the connection was lost\nwhere: 127.0.0.1:PORT/DATABASE as dbctl\n");
  EXPECT_NE(first.find("\nnext: run the same command again: it continues where it stopped"), std::string::npos);
  EXPECT_EQ(error_of([&] { other->query({"SELECT 1"}); }).substr(0, 39), "DBCTL-CON-005: the connection was lost\n");
  EXPECT_TRUE(other->in_transaction());
  other->rollback();
  EXPECT_FALSE(other->in_transaction());
}

TEST_F(Errors, a_session_killed_before_commit_is_in_doubt) {
  const auto other = test::connect();
  const auto pid = test::ask(*other, "SELECT pg_backend_pid()");
  other->begin(false);
  connection->query({"SELECT pg_terminate_backend($1::int, 5000)", {pid}});
  const LeaksOfTheLibrary leaks;
  const auto text = error_of([&] { other->commit(); });
  EXPECT_EQ(text.substr(0, text.find(": ", text.find("why: ") + 5) + 2),
            "DBCTL-CON-005: the connection was lost during COMMIT\n"
            "where: 127.0.0.1:PORT/DATABASE as dbctl\n"
            "why: whether the server committed is not known: ");
  EXPECT_FALSE(other->in_transaction());
}

}  // namespace
}  // namespace dbctl::postgresql
