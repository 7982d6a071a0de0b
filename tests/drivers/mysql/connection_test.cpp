#include <thread>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "server.hpp"

namespace dbctl::mysql {
namespace {

class Connecting : public test::ServerTest {
 protected:
  std::string refusal(const test::Overrides& overrides) const {
    return error_of([&] { connect(overrides); });
  }
};
DBCTL_ON_BOTH_SERVERS(Connecting);

TEST_P(Connecting, tells_what_it_is) {
  EXPECT_EQ(connection->server().product, GetParam());
  EXPECT_GE(connection->server().version.major, 8);
  const auto info = connection->info();
  EXPECT_TRUE(info.server.starts_with(product() + ' ')) << info.server;
  EXPECT_EQ(info.database, options().text("name"));
  EXPECT_EQ(info.user, variable("USER") + "@%");
  EXPECT_TRUE(info.tls.starts_with("TLSv1.")) << info.tls;
  EXPECT_EQ(generic(MysqlDriver().target(options())), "127.0.0.1:PORT/DATABASE as dbctl");
  EXPECT_FALSE(MysqlDriver().create_database(options()));
}

TEST_P(Connecting, wrong_password_database_and_host) {
  EXPECT_EQ(refusal({{"password", "wrong"}}),
            "DBCTL-CON-002 127.0.0.1:PORT refused dbctl\n"
            "because server error 1045 (28000): Access denied for user 'dbctl'@'127.0.0.1' (using password: YES)\n"
            "-> check user and password: `dbctl env show` tells where each comes from");
  EXPECT_EQ(refusal({{"name", "not_there"}}),
            "DBCTL-CON-004 there is no database not_there at 127.0.0.1:PORT\n"
            "because server error 1049 (42000): Unknown database 'not_there'\n"
            "-> dbctl create");
  EXPECT_EQ(refusal({{"port", "1"}}),
            "DBCTL-CON-001 no connection to 127.0.0.1:1\n"
            "because Connection refused\n"
            "-> check host and port, and that the server runs: `dbctl wait` waits until it answers");
  EXPECT_EQ(refusal({{"host", "no-such-host.invalid"}}).substr(0, 61),
            "DBCTL-CON-001 no connection to no-such-host.invalid:PORT\nbeca");
}

TEST_P(Connecting, by_tcp_for_localhost_and_by_socket_when_told) {
  EXPECT_EQ(connect({{"host", "localhost"}})->query({.sql = "SELECT SUBSTRING_INDEX(USER(), '@', -1)"}).rows[0][0],
            Value(std::string("127.0.0.1")));
  EXPECT_EQ(
      connect({{"socket", variable("SOCKET")}})->query({.sql = "SELECT SUBSTRING_INDEX(USER(), '@', -1)"}).rows[0][0],
      Value(std::string("localhost")));
}

TEST_P(Connecting, never_less_secure_than_asked) {
  const auto ca = variable("CA"), other = variable("OTHER_CA");
  const auto tls = [&](const test::Overrides& overrides) { return connect(overrides)->info().tls.substr(0, 4); };
  EXPECT_EQ(tls({{"ssl_mode", "disable"}}), "");
  EXPECT_EQ(tls({{"ssl_mode", "prefer"}}), "TLSv");
  EXPECT_EQ(tls({{"ssl_mode", "require"}}), "TLSv");
  EXPECT_EQ(tls({{"ssl_mode", "require"}, {"user", "tlsonly"}, {"password", "tlsonly"}, {"name", "dbctl"}}), "TLSv");
  for (const char* mode : {"require", "verify-ca", "verify-full"}) {
    EXPECT_EQ(tls({{"host", "localhost"}, {"ssl_mode", mode}, {"ca", ca}}), "TLSv") << mode;
    const auto summary = std::string(":PORT with ssl_mode ") + mode + '\n';
    const auto far = refusal({{"host", "localhost"}, {"ssl_mode", mode}, {"ca", other}});
    EXPECT_TRUE(far.starts_with("DBCTL-CON-003 no connection to localhost" + summary)) << far;
    const auto near = refusal({{"ssl_mode", mode}, {"ca", other}});
    EXPECT_TRUE(near.starts_with("DBCTL-CON-003 no connection to 127.0.0.1" + summary)) << near;
    // Some client libraries check nothing at 127.0.0.1: then it is refused, with the right authority as well.
    const auto right = refusal({{"ssl_mode", mode}, {"ca", ca}});
    EXPECT_EQ(right == "no error", near.find("checks no certificate") == std::string::npos) << mode << ": " << right;
  }
  EXPECT_EQ(refusal({{"ssl_mode", "verify-full"}}).substr(0, 13), "DBCTL-CON-003");
  EXPECT_EQ(refusal({{"ssl_mode", "verify-ca"}}),
            "DBCTL-CON-003 no connection to 127.0.0.1:PORT with ssl_mode verify-ca\n"
            "because the option ca is not set: nobody may vouch for the server\n"
            "-> set ca to the file of the certificate authority\n"
            "-> or use verify-full with a public one");
  EXPECT_EQ(refusal({{"ssl_mode", "verify-full"}, {"ca", "/not/there.crt"}}),
            "DBCTL-CON-003 no connection to 127.0.0.1:PORT with ssl_mode verify-full\n"
            "because ca: there is no file /not/there.crt\n"
            "-> `dbctl env show` tells where each option comes from");
  EXPECT_EQ(refusal({{"ssl_mode", "disable"}, {"user", "tlsonly"}, {"password", "tlsonly"}, {"name", "dbctl"}}),
            "DBCTL-CON-002 127.0.0.1:PORT refused tlsonly\n"
            "because server error 1045 (28000): Access denied for user 'tlsonly'@'127.0.0.1' (using password: YES)\n"
            "-> check user and password: `dbctl env show` tells where each comes from\n"
            "-> the user may be one that must use TLS: try ssl_mode: require");
}

TEST_P(Connecting, fails_closed_where_there_is_no_tls) {
  if (variable("PLAIN_PORT").empty())
    GTEST_SKIP() << "SKIPPED: " << GetParam() << "-plain does not run; ci/services.sh up " << GetParam() << "-plain";
  const test::Overrides plain{{"port", variable("PLAIN_PORT")}, {"name", "dbctl"}};
  const auto with = [&](const std::string& mode) {
    auto overrides = plain;
    overrides["ssl_mode"] = mode;
    if (mode.starts_with("verify")) overrides["ca"] = variable("CA");
    return overrides;
  };
  EXPECT_EQ(connect(with("prefer"))->info().tls, "");
  EXPECT_EQ(text::replace_all(refusal(with("require")), variable("PLAIN_PORT"), "PLAIN"),
            "DBCTL-CON-003 127.0.0.1:PLAIN offers no TLS, and ssl_mode is require\n"
            "because the connection was closed before user and password were sent\n"
            "-> switch TLS on at the server\n"
            "-> or, in a network that you trust, use ssl_mode: prefer");
  for (const char* mode : {"verify-ca", "verify-full"})
    EXPECT_EQ(refusal(with(mode)).substr(0, 13), "DBCTL-CON-003") << mode;
}

TEST_P(Connecting, no_password_in_any_text) {
  const std::string canary = "c@n:a/r%y' \"\n\xC3\xA9\\x";
  for (const auto& extra : {test::Overrides{},
                            {{"port", "1"}},
                            {{"name", "not_there"}},
                            {{"ssl_mode", "verify-full"}},
                            {{"user", canary}},
                            {{"host", "no-such-host.invalid"}}}) {
    auto overrides = extra;
    overrides["password"] = canary;
    const auto text = refusal(overrides);
    EXPECT_NE(text, "no error");
    if (!extra.contains("user")) {
      EXPECT_EQ(text.find("c@n"), std::string::npos) << text;
    }
  }
  connection->execute({.sql = "DROP USER IF EXISTS canary"});
  connection->execute(
      {.sql = "CREATE USER canary IDENTIFIED BY " + MysqlDialect({.product = GetParam()}).literal(canary)});
  connection->execute({.sql = "GRANT ALL ON *.* TO canary"});
  const auto mine = connect({{"user", "canary"}, {"password", canary}});
  for (const auto& finding : mine->examine()) EXPECT_EQ(finding.text.find("c@n"), std::string::npos);
  EXPECT_EQ(error_of([&] { mine->execute({.sql = "SELEC 1"}); }).find("c@n"), std::string::npos);
  connection->execute({.sql = "DROP USER canary"});
}

class Transactions : public test::ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    if (connection) connection->execute({.sql = "CREATE TABLE t (a INT PRIMARY KEY) ENGINE=InnoDB"});
  }
  void insert(int value) { connection->execute({.sql = "INSERT INTO t VALUES (?)", .params = {std::int64_t{value}}}); }
};
DBCTL_ON_BOTH_SERVERS(Transactions);

TEST_P(Transactions, commit_keeps_and_rollback_undoes) {
  EXPECT_FALSE(connection->in_transaction());
  connection->begin(false);
  EXPECT_TRUE(connection->in_transaction());
  insert(1);
  connection->commit();
  EXPECT_FALSE(connection->in_transaction());
  connection->begin(false);
  insert(2);
  connection->rollback();
  connection->rollback();
  EXPECT_EQ(ask("SELECT GROUP_CONCAT(a) FROM t"), "1");
  EXPECT_THROW(connection->begin(true), Unsupported);
}

TEST_P(Transactions, a_statement_that_ends_them_is_found) {
  const auto expected =
      "DBCTL-SQL-005 a statement ended the transaction before its time\n"
      "because what ran before it is committed, and what ran after it was committed statement by statement\n"
      "-> take COMMIT, ROLLBACK and whatever commits by itself (CREATE, ALTER, LOCK TABLES, a CALL of a procedure that "
      "does) out of the migration";
  connection->execute({.sql = "CREATE PROCEDURE commits() BEGIN COMMIT; END"});
  for (const char* stray :
       {"COMMIT", "ROLLBACK", "CREATE TABLE u (a INT)", "CALL commits()", "START TRANSACTION", "TRUNCATE TABLE t"}) {
    connection->begin(false);
    connection->execute({.sql = stray});
    EXPECT_EQ(error_of([&] { connection->commit(); }), expected) << stray;
    EXPECT_FALSE(connection->in_transaction());
    EXPECT_EQ(ask("SELECT 1"), "1");
  }
}

TEST_P(Transactions, a_lost_session_is_told_and_nothing_is_kept) {
  const auto other = connect();
  connection->begin(false);
  insert(1);
  const auto id = ask("SELECT CONNECTION_ID()");
  other->execute({.sql = "KILL " + id});
  const auto text = error_of([&] { connection->commit(); });
  EXPECT_TRUE(
      text.starts_with("DBCTL-CON-005 the connection to 127.0.0.1:PORT was lost\nbecause " + product() + " error "))
      << text;
  EXPECT_FALSE(connection->in_transaction());
  connection->rollback();
  connection->unlock();
  EXPECT_EQ(other->query({.sql = "SELECT COUNT(*) FROM t"}).rows[0][0], Value(std::int64_t{0}));
}

class Locking : public test::ServerTest {};
DBCTL_ON_BOTH_SERVERS(Locking);

TEST_P(Locking, excludes_others_and_ends_with_its_session) {
  auto other = connect();
  EXPECT_EQ(connection->lock_holder("dbctl"), std::nullopt);
  EXPECT_TRUE(connection->try_lock("dbctl"));
  EXPECT_TRUE(connection->try_lock("dbctl"));
  EXPECT_FALSE(other->try_lock("dbctl"));
  EXPECT_TRUE(other->try_lock("another"));
  const auto holder = other->lock_holder("dbctl");
  ASSERT_TRUE(holder);
  EXPECT_NE(holder->text.find("session " + ask("SELECT CONNECTION_ID()") + ", user dbctl from 127.0.0.1, "),
            std::string::npos)
      << holder->text;
  connection->reset_session();
  EXPECT_FALSE(other->try_lock("dbctl")) << "a reset keeps the lock";
  connection->unlock();
  EXPECT_TRUE(other->try_lock("dbctl"));
  EXPECT_FALSE(connection->try_lock("dbctl"));
  const auto id = to_text(other->query({.sql = "SELECT CONNECTION_ID()"}).rows[0][0]);
  connection->execute({.sql = "KILL " + id});
  while (ask("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = ?", {id}) != "0")
    std::this_thread::yield();
  EXPECT_TRUE(connection->try_lock("dbctl"));
}

TEST_P(Locking, long_names_and_other_databases) {
  const std::string name(200, 'n');
  EXPECT_TRUE(connection->try_lock(name));
  EXPECT_FALSE(connect()->try_lock(name));
  EXPECT_TRUE(connect({{"name", "dbctl"}})->try_lock(name)) << "each database has locks of its own";
}

class Session : public test::ServerTest {};
DBCTL_ON_BOTH_SERVERS(Session);

TEST_P(Session, is_strict_in_utc_and_reset_to_that) {
  const auto state = [&] {
    return ask(std::string("SELECT CONCAT_WS(' ', @@sql_mode, @@time_zone, @@foreign_key_checks, @@unique_checks, "
                           "@@autocommit, @@collation_connection, DATABASE(), ") +
               (mariadb() ? "@@tx_isolation" : "@@transaction_isolation") +
               ", @@lock_wait_timeout, IFNULL(CURRENT_ROLE(), ''))");
  };
  const auto fresh = state();
  EXPECT_NE(fresh.find("STRICT_ALL_TABLES"), std::string::npos) << fresh;
  connection->execute({.sql = "SET sql_mode = '', time_zone = '+05:45', foreign_key_checks = 0, unique_checks = 0, "
                              "autocommit = 0, lock_wait_timeout = 7"});
  connection->execute({.sql = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"});
  connection->execute({.sql = "SET NAMES latin1"});
  connection->execute({.sql = "USE dbctl"});
  EXPECT_NE(state(), fresh);
  connection->reset_session();
  EXPECT_EQ(state(), fresh);
}

TEST_P(Session, stops_what_takes_too_long) {
  connection->execute({.sql = "CREATE TABLE t (a INT PRIMARY KEY)"});
  connection->execute({.sql = "INSERT INTO t VALUES (1)"});
  const auto other = connect();
  other->begin(false);
  other->execute({.sql = "UPDATE t SET a = 2"});
  connection->set_statement_timeout(std::chrono::milliseconds(300));
  const auto text = error_of([&] { connection->execute({.sql = "ALTER TABLE t ADD COLUMN b INT"}); });
  EXPECT_TRUE(text.starts_with("DBCTL-SQL-003 ")) << text;
  EXPECT_EQ(
      error_of([&] {
        connection->query({.sql = "SELECT COUNT(*) FROM information_schema.COLUMNS a, information_schema.COLUMNS b, "
                                  "information_schema.COLUMNS c WHERE SLEEP(5) = 0"});
      }).substr(0, 14),
      "DBCTL-SQL-003 ");
  other->rollback();
  connection->set_statement_timeout(std::chrono::milliseconds(0));
  EXPECT_EQ(error_of([&] { connection->execute({.sql = "ALTER TABLE t ADD COLUMN b INT"}); }), "no error");
}

TEST_P(Session, is_examined) {
  std::map<std::string, std::string> found;
  for (const auto& finding : connection->examine()) found[finding.subject] = finding.text;
  EXPECT_NE(found["innodb_buffer_pool_size"].find("innodb_buffer_pool_size = 1G"), std::string::npos);
  EXPECT_EQ(found["query_cache_size"].empty(), false);
  EXPECT_TRUE(found["TLS"].starts_with("TLSv")) << found["TLS"];
  EXPECT_TRUE(found["privileges"].starts_with("GRANT ")) << found["privileges"];
  EXPECT_EQ(found.contains("cluster"), false);
}

TEST_P(Session, is_examined_without_a_hash_of_the_password) {
  const std::string hash = "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19";  // of "password"
  connection->execute({.sql = "DROP USER IF EXISTS driver_hashed"});
  std::vector<std::string> ways{"BY 'password'"};
  if (mariadb()) ways = {"BY 'password'", "VIA mysql_native_password USING '" + hash + "' OR unix_socket"};
  for (const auto& way : ways) {
    connection->execute({.sql = "CREATE USER driver_hashed IDENTIFIED " + way});
    connection->execute({.sql = "GRANT ALL ON *.* TO driver_hashed"});
    const auto mine = connect({{"user", "driver_hashed"}, {"password", "password"}});
    for (const auto& finding : mine->examine()) {
      EXPECT_EQ(finding.text.find("2470C0C06"), std::string::npos) << finding.text;
      EXPECT_EQ(finding.text.find("IDENTIFIED"), std::string::npos) << finding.text;
    }
    connection->execute({.sql = "DROP USER driver_hashed"});
  }
}

TEST_P(Session, gets_back_what_only_some_may_set) {
  const std::string state = "SELECT @@SESSION.sql_log_bin * 2 + @@SESSION.innodb_strict_mode";
  const auto fresh = ask(state);
  connection->execute({.sql = "SET SESSION sql_log_bin = 0, innodb_strict_mode = 0"});
  EXPECT_EQ(ask(state), "0");
  connection->reset_session();
  EXPECT_EQ(ask(state), fresh);
  connection->execute({.sql = "DROP USER IF EXISTS driver_low"});
  connection->execute({.sql = "CREATE USER driver_low IDENTIFIED BY 'driver_low'"});
  connection->execute({.sql = "GRANT SELECT ON *.* TO driver_low"});
  EXPECT_EQ(error_of([&] {
              connect({{"user", "driver_low"}, {"password", "driver_low"}})->reset_session();
            }),
            "no error");
  connection->execute({.sql = "DROP USER driver_low"});
}

TEST_P(Session, reads_no_file_of_the_clients) {
  connection->execute({.sql = "CREATE TABLE t (a LONGTEXT)"});
  const auto text =
      error_of([&] { connection->execute({.sql = "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE t"}); });
  EXPECT_TRUE(text.starts_with("DBCTL-SQL-001 ")) << text;
  EXPECT_EQ(ask("SELECT COUNT(*) FROM t"), "0");
}

}  // namespace
}  // namespace dbctl::mysql
