#include <cstdlib>

#include <unistd.h>

#include "dbctl/base/text.hpp"
#include "server.hpp"

namespace dbctl::postgresql {
namespace {

using test::ask;
using test::connect;
using test::error_of;
using test::variable;

class Connecting : public test::ServerTest {
 protected:
  static std::string refusal(const std::map<std::string, std::string>& overrides) {
    return error_of([&] { connect(overrides); });
  }
};

TEST_F(Connecting, tells_what_it_is) {
  EXPECT_EQ(connection->server().product, "postgresql");
  EXPECT_GE(connection->server().version.major, 13);
  const auto info = connection->info();
  EXPECT_EQ(info.server.substr(0, 11), "PostgreSQL ");
  EXPECT_EQ(info.user, variable("USER"));
}

TEST_F(Connecting, wrong_user_password_database_and_host) {
  EXPECT_EQ(refusal({{"password", "wrong"}}).substr(0, 124),
            "DBCTL-CON-002: the server refused the user \"dbctl\"\n"
            "where: 127.0.0.1:PORT/DATABASE as dbctl\n"
            "why: connection to server at \"127");
  EXPECT_EQ(refusal({{"user", "nobody_here"}}).substr(0, 57),
            "DBCTL-CON-002: the server refused the user \"nobody_here\"\n");
  const auto missing = refusal({{"name", "not_there"}});
  EXPECT_EQ(missing.substr(0, 56), "DBCTL-CON-004: the database \"not_there\" does not exist\nw");
  EXPECT_EQ(missing.substr(missing.find("\nnext")), "\nnext: dbctl create");
  EXPECT_EQ(refusal({{"port", "1"}}).substr(0, 43), "DBCTL-CON-001: no connection to the server\n");
  EXPECT_EQ(refusal({{"host", "no-such-host.invalid"}}).substr(0, 43), "DBCTL-CON-001: no connection to the server\n");
  EXPECT_EQ(refusal({{"schema", "elsewhere"}}),
            "DBCTL-CON-004: the schema \"elsewhere\" does not exist\n"
            "where: 127.0.0.1:PORT/DATABASE as dbctl\n"
            "next: dbctl create");
}

TEST_F(Connecting, variables_of_libpq_decide_nothing) {
  for (const auto& [name, value] : std::map<std::string, std::string>{{"PGHOST", "no-such-host.invalid"},
                                                                      {"PGHOSTADDR", "192.0.2.1"},
                                                                      {"PGPORT", "1"},
                                                                      {"PGUSER", "x"},
                                                                      {"PGPASSWORD", "dbctl"},
                                                                      {"PGSSLMODE", "disable"},
                                                                      {"PGSSLMINPROTOCOLVERSION", "TLSv9"},
                                                                      {"PGSSLMAXPROTOCOLVERSION", "TLSv1"},
                                                                      {"PGOPTIONS", "-c search_path=nowhere"}})
    setenv(name.c_str(), value.c_str(), 1);
  EXPECT_EQ(ask(*connect({{"ssl_mode", "require"}}), "SELECT current_schema()"), "public");
  EXPECT_EQ(refusal({{"password", ""}, {"user", "tlsonly"}, {"ssl_mode", "require"}}).substr(0, 13), "DBCTL-CON-002");
  for (const char* name : {"PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGSSLMODE", "PGOPTIONS",
                           "PGSSLMINPROTOCOLVERSION", "PGSSLMAXPROTOCOLVERSION"})
    unsetenv(name);
}

TEST_F(Connecting, no_secret_is_in_what_a_session_tells) {
  const auto role = "canary_of_" + std::to_string(getpid());
  connection->execute({"CREATE ROLE " + role + " LOGIN PASSWORD 'p4ssphr4se'"});
  std::string told;
  {
    const auto other = connect({{"user", role}, {"password", "p4ssphr4se"}});
    const auto info = other->info();
    told = info.server + info.database + info.user + info.tls;
    for (const auto& finding : other->examine()) told += finding.subject + finding.text;
    EXPECT_TRUE(other->try_lock("canary"));
    told += connection->lock_holder("canary").value().text;
  }
  connection->execute({"DROP ROLE " + role});
  EXPECT_NE(told.find(role), std::string::npos);
  EXPECT_EQ(told.find("p4ssphr4se"), std::string::npos) << told;
}

TEST_F(Connecting, a_variable_of_libpq_that_stops_it_is_named) {
  setenv("PGSERVICE", "nope", 1);
  const auto text = refusal({});
  unsetenv("PGSERVICE");
  EXPECT_TRUE(text.ends_with("next: libpq reads PGSERVICE from the environment: unset it")) << text;
}

TEST_F(Connecting, over_the_socket) {
  const auto local = connect({{"socket", variable("SOCKET")}});
  EXPECT_EQ(local->info().tls, "");
  EXPECT_EQ(ask(*local, "SELECT inet_server_addr()"), "NULL");
}

TEST_F(Connecting, never_less_secure_than_asked) {
  for (const auto* mode : {"prefer", "require"})
    EXPECT_EQ(connect({{"ssl_mode", mode}})->info().tls.substr(0, 4), "TLSv") << mode;
  EXPECT_EQ(connect({{"ssl_mode", "disable"}})->info().tls, "");
  for (const auto* mode : {"verify-ca", "verify-full"}) {
    EXPECT_EQ(connect({{"ssl_mode", mode}, {"ca", variable("CA")}})->info().tls.substr(0, 4), "TLSv") << mode;
    const auto stranger = refusal({{"ssl_mode", mode}, {"ca", variable("OTHER_CA")}});
    EXPECT_EQ(stranger.substr(0, 53), "DBCTL-CON-003: no TLS connection as ssl_mode asks for") << mode;
    EXPECT_NE(stranger.find("certificate verify failed"), std::string::npos) << stranger;
    EXPECT_EQ(refusal({{"ssl_mode", mode}}),
              std::string("DBCTL-CON-003: ssl_mode ") + mode +
                  " without ca\n"
                  "where: 127.0.0.1:PORT/DATABASE as dbctl\n"
                  "why: the server's certificate is compared with the certificate authority in that file\n"
                  "next: set ca to the path of the authority's certificate (PEM)");
  }
  EXPECT_EQ(refusal({{"ssl_mode", "require"}, {"ca", variable("OTHER_CA")}}).substr(0, 13), "DBCTL-CON-003");
  EXPECT_EQ(refusal({{"ssl_mode", "verify-full"}, {"ca", "/nowhere/ca.crt"}}).substr(0, 13), "DBCTL-CON-003");
}

TEST_F(Connecting, no_tls_on_a_socket_is_said_and_not_done_silently) {
  EXPECT_EQ(text::replace_all(refusal({{"ssl_mode", "require"}, {"socket", variable("SOCKET")}}), variable("SOCKET"),
                              "SOCKET"),
            "DBCTL-CON-003: ssl_mode require on a Unix socket\n"
            "where: SOCKET:PORT/DATABASE as dbctl\n"
            "why: there is no TLS on Unix sockets\n"
            "next: set host instead of socket, or ssl_mode: disable");
  EXPECT_EQ(refusal({{"ssl_mode", "require"}, {"host", variable("SOCKET")}}).substr(0, 13), "DBCTL-CON-003");
}

TEST_F(Connecting, a_user_that_needs_tls) {
  const std::map<std::string, std::string> user{
      {"user", "tlsonly"}, {"password", "tlsonly"}, {"name", variable("DATABASE")}};
  auto with = user, without = user;
  with["ssl_mode"] = "require";
  without["ssl_mode"] = "disable";
  EXPECT_EQ(connect(with)->info().user, "tlsonly");
  const auto refused = refusal(without);
  EXPECT_EQ(refused.substr(0, 53), "DBCTL-CON-002: the server refused the user \"tlsonly\"\n");
  EXPECT_NE(refused.find("\nnext: the server may demand TLS of this user: set ssl_mode: require"), std::string::npos);
}

TEST_F(Connecting, no_password_in_any_error) {
  const std::string canaries[] = {
      "CANARY@:/%'\"\\ x", "postgres://CANARY:1@h/d", "CANARY' host='x", "CANARY\ngr\xC3\xBC\xC3\x9F\x65", "CANARY\\",
      " CANARY ",          "CANARY=1 port=9"};
  for (const auto& password : canaries) {
    const std::map<std::string, std::string> places[] = {
        {},
        {{"user", "nobody_here"}},
        {{"name", "not_there"}},
        {{"port", "1"}},
        {{"host", "no-such-host.invalid"}},
        {{"ssl_mode", "verify-full"}, {"ca", variable("OTHER_CA")}},
        {{"ssl_mode", "require"}, {"key", "/nowhere"}, {"cert", "/nowhere"}}};
    for (auto place : places) {
      place["password"] = password;
      const auto text = refusal(place);
      EXPECT_EQ(text.find("CANARY"), std::string::npos) << text;
      EXPECT_EQ(text.substr(0, 10), "DBCTL-CON-") << text;
    }
  }
}

TEST_F(Connecting, passwords_of_all_characters_work) {
  const std::string odd = "p@:/%'\"\\ \xC3\xBC x";
  connection->execute({"DROP ROLE IF EXISTS t_odd_password"});
  connection->execute({"CREATE ROLE t_odd_password LOGIN PASSWORD 'p@:/%''\"\\ \xC3\xBC x'"});
  EXPECT_EQ(connect({{"user", "t_odd_password"}, {"password", odd}})->info().user, "t_odd_password");
  connection->execute({"DROP ROLE t_odd_password"});
}

TEST_F(Connecting, makes_and_drops_databases_of_any_name) {
  const PostgresqlDriver driver;
  const auto odd = test::options(
      {{"name", "t odd \"name\" " + ask(*connection, "SELECT pg_backend_pid()")}, {"schema", "My \"Schema"}});
  EXPECT_TRUE(driver.create_database(odd));
  EXPECT_FALSE(driver.create_database(odd));
  {
    const auto there = driver.connect(odd);
    EXPECT_EQ(ask(*there, "SELECT current_schema()"), "My \"Schema");
    there->execute({"CREATE TABLE t (a int PRIMARY KEY)"});
    EXPECT_EQ(there->relations(), std::vector<std::string>{"t"});
    EXPECT_EQ(there->describe({}).tables.size(), 1U);
    EXPECT_EQ(error_of([&] { driver.drop_database(odd); }).substr(0, 53),
              "DBCTL-SQL-003: a lock or timeout stopped the statemen");
  }
  EXPECT_TRUE(driver.drop_database(odd));
  EXPECT_FALSE(driver.drop_database(odd));
}

TEST_F(Connecting, examines_server_and_rights) {
  bool privileges = false;
  for (const auto& finding : connection->examine()) {
    EXPECT_FALSE(finding.subject.empty());
    EXPECT_NE(finding.subject, "pooler");
    privileges = privileges || finding.text == "may create tables in schema public";
  }
  EXPECT_TRUE(privileges);
}

class Transactions : public test::ServerTest {};

TEST_F(Transactions, a_stray_commit_is_detected) {
  connection->execute({"CREATE TABLE t (a int)"});
  const std::string expected =
      "DBCTL-SQL-005: a statement ended the transaction before its end\n"
      "where: 127.0.0.1:PORT/DATABASE as dbctl\n"
      "why: the savepoint that dbctl set at its beginning is gone (SQLSTATE 25P01)\n"
      "next: take COMMIT, ROLLBACK and END out of the migration's SQL: dbctl opens and closes transactions";
  for (const char* stray : {"COMMIT", "ROLLBACK"}) {
    connection->begin(false);
    connection->execute({"INSERT INTO t VALUES (1)"});
    connection->execute({stray});
    EXPECT_EQ(error_of([&] { connection->commit(); }), expected) << stray;
    EXPECT_FALSE(connection->in_transaction());
  }
  connection->begin(false);
  connection->execute({"COMMIT"});
  connection->execute({"BEGIN"});
  connection->execute({"INSERT INTO t VALUES (7)"});
  EXPECT_NE(error_of([&] { connection->commit(); }).find("SQLSTATE 3B001"), std::string::npos);
  EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t WHERE a = 7"), "0");
}

TEST_F(Transactions, a_failed_one_is_not_committed) {
  connection->execute({"CREATE TABLE t (a int)"});
  connection->begin(false);
  connection->execute({"INSERT INTO t VALUES (1)"});
  EXPECT_THROW(connection->execute({"SELECT nope"}), StatementError);
  EXPECT_EQ(error_of([&] { connection->commit(); }).substr(0, 48), "DBCTL-SQL-001: the database refused a statement:");
  EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t"), "0");
  connection->begin(false);
  connection->execute({"INSERT INTO t VALUES (1)"});
  connection->commit();
  EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t"), "1");
}

TEST_F(Transactions, a_deferred_constraint_fails_the_commit) {
  connection->execute({"CREATE TABLE t (a int PRIMARY KEY, b int REFERENCES t DEFERRABLE INITIALLY DEFERRED)"});
  connection->begin(false);
  connection->execute({"INSERT INTO t VALUES (1, 2)"});
  EXPECT_EQ(error_of([&] { connection->commit(); }).substr(0, 41), "DBCTL-SQL-002: a constraint was violated:");
  EXPECT_EQ(ask(*connection, "SELECT count(*) FROM t"), "0");
}

TEST_F(Transactions, foreign_keys_are_not_suspended) {
  EXPECT_THROW(connection->begin(true), Unsupported);
  EXPECT_FALSE(connection->in_transaction());
}

TEST_F(Transactions, statements_that_refuse_a_transaction_run) {
  connection->execute({"CREATE TABLE t (a int)"});
  connection->execute({"CREATE INDEX CONCURRENTLY i ON t (a)"});
  connection->execute({"VACUUM t"});
  EXPECT_EQ(connection->describe({}).at("t").indexes.size(), 1U);
}

TEST_F(Transactions, rows_are_counted) {
  EXPECT_EQ(connection->execute({"CREATE TABLE t (a int)"}), 0);
  EXPECT_EQ(connection->execute({"INSERT INTO t SELECT * FROM generate_series(1, 1234)"}), 1234);
  EXPECT_EQ(connection->execute({"UPDATE t SET a = a WHERE a <= 10"}), 10);
  EXPECT_EQ(connection->execute({"SELECT * FROM t"}), 0);
  EXPECT_EQ(connection->execute({"-- nothing"}), 0);
}

TEST_F(Transactions, large_results_come_row_by_row) {
  connection->execute({"CREATE TABLE t AS SELECT n FROM generate_series(1, 1234) AS n"});
  for (const bool inside : {false, true}) {
    if (inside) connection->begin(false);
    std::int64_t sum = 0;
    connection->each({"SELECT n FROM t WHERE n > $1", {std::int64_t{0}}}, [&](const Row& row) {
      sum += to_int(row[0]);
      return true;
    });
    EXPECT_EQ(sum, 1234 * 1235 / 2);
    int seen = 0;
    connection->each({"SELECT n FROM t"}, [&](const Row&) { return ++seen < 3; });
    EXPECT_EQ(seen, 3);
    EXPECT_THROW(connection->each({"SELECT n FROM t"}, [](const Row&) -> bool { throw std::runtime_error("mine"); }),
                 std::runtime_error);
    connection->each({"SHOW TimeZone"}, [&](const Row& row) {
      EXPECT_EQ(to_text(row[0]), "UTC");
      return true;
    });
    EXPECT_EQ(connection->in_transaction(), inside);
    if (inside) connection->commit();
  }
}

class Locks : public test::ServerTest {};

TEST_F(Locks, exclude_others_and_die_with_their_connection) {
  auto holder = connect();
  EXPECT_TRUE(holder->try_lock("dbctl:migrate"));
  EXPECT_TRUE(holder->try_lock("dbctl:migrate"));
  EXPECT_FALSE(connection->try_lock("dbctl:migrate"));
  EXPECT_TRUE(connection->try_lock("dbctl:other"));
  EXPECT_EQ(connection->lock_holder("nobody's"), std::nullopt);
  const auto text = connection->lock_holder("dbctl:migrate").value().text;
  EXPECT_EQ(text.substr(0, 9), "dbctl on ");
  EXPECT_NE(text.find(", pid " + std::to_string(getpid()) + ", server process " +
                      ask(*holder, "SELECT pg_backend_pid()") + ", user dbctl, from 127.0.0.1, since 2"),
            std::string::npos)
      << text;
  holder->reset_session();
  EXPECT_FALSE(connection->try_lock("dbctl:migrate"));
  holder->unlock();
  EXPECT_TRUE(connection->try_lock("dbctl:migrate"));
  connection->unlock();

  EXPECT_TRUE(holder->try_lock("dbctl:migrate"));
  const auto pid = ask(*holder, "SELECT pg_backend_pid()");
  connection->query({"SELECT pg_terminate_backend($1::int, 5000)", {pid}});
  EXPECT_TRUE(connection->try_lock("dbctl:migrate"));
  const test::LeaksOfTheLibrary leaks;
  holder->unlock();  // noexcept, although there is nobody to tell
}

TEST_F(Locks, a_reset_session_is_like_a_new_one) {
  connection->execute({"SET search_path = pg_catalog"});
  connection->execute({"SET TimeZone = 'Asia/Tokyo'"});
  connection->execute({"SET ROLE tlsonly"});
  connection->execute({"PREPARE p AS SELECT 1"});
  connection->execute({"RESET ROLE"});
  connection->execute({"CREATE TEMPORARY TABLE scratch (a int)"});
  connection->execute({"SET synchronous_commit = off"});
  connection->execute({"BEGIN"});
  connection->reset_session();
  EXPECT_EQ(ask(*connection, "SELECT current_schema()"), "public");
  EXPECT_EQ(ask(*connection, "SHOW TimeZone"), "UTC");
  EXPECT_EQ(ask(*connection, "SELECT current_user"), variable("USER"));
  EXPECT_EQ(ask(*connection, "SELECT count(*) FROM pg_prepared_statements"), "0");
  EXPECT_EQ(ask(*connection, "SELECT to_regclass('scratch')"), "NULL");
  EXPECT_EQ(ask(*connection, "SELECT now() = statement_timestamp()"), "true");
}

}  // namespace
}  // namespace dbctl::postgresql
