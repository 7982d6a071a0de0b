#include "plugins/drivers/mysql/errors.hpp"

#include "server.hpp"

namespace dbctl::mysql {
namespace {

TEST(Position, is_where_the_server_stopped_reading) {
  EXPECT_EQ(position_of("… near 'SELEC 1' at line 1", "SELEC 1"), 0U);
  EXPECT_EQ(position_of("… near 'FROM t' at line 2", "SELECT a,\nFROM t"), 10U);
  EXPECT_EQ(position_of("… near 'x' at line 2", "x\nx"), 2U);
  EXPECT_EQ(position_of("… near 'x x' at line 1", "x x x"), std::nullopt);
  EXPECT_EQ(position_of("… near '' at line 1", "SELECT"), 6U);
  EXPECT_EQ(position_of("Unknown column 'a'", "SELECT a"), std::nullopt);
}

class Errors : public test::ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    if (!connection) return;
    connection->execute({.sql = "CREATE TABLE p (id INT PRIMARY KEY)"});
    connection->execute({.sql =
                             "CREATE TABLE c (id INT PRIMARY KEY, p INT NOT NULL, s VARCHAR(3) NOT NULL UNIQUE, n INT, "
                             "CONSTRAINT ck_n CHECK (n > 0), CONSTRAINT fk_p FOREIGN KEY (p) REFERENCES p (id))"});
    connection->execute({.sql = "INSERT INTO p VALUES (1)"});
    connection->execute({.sql = "INSERT INTO c VALUES (1, 1, 'a', 1)"});
  }
  std::string refusal(const std::string& sql) {
    return error_of([&] { connection->execute({.sql = sql, .origin = {.file = "m.cpp", .line = 7}}); });
  }
  /// What all errors of statements here have in front of the server's words.
  std::string expected(const std::string& code_and_summary, int mysql, int mariadb_code, const std::string& state) {
    return code_and_summary + "\nat m.cpp:7\nbecause " + product() + " error " +
           std::to_string(mariadb() ? mariadb_code : mysql) + " (" + state + "): ";
  }
};
DBCTL_ON_BOTH_SERVERS(Errors);

TEST_P(Errors, of_constraints) {
  const auto starts = [&](const std::string& sql, const std::string& start) {
    const auto text = refusal(sql);
    EXPECT_TRUE(text.starts_with(start)) << text << "\nexpected\n" << start;
  };
  starts("INSERT INTO c VALUES (1, 1, 'b', 1)",
         expected("DBCTL-SQL-002 another row has the same key already", 1062, 1062, "23000") +
             "Duplicate entry '1' for key");
  starts("INSERT INTO c VALUES (2, 1, NULL, 1)",
         expected("DBCTL-SQL-002 a column must not be NULL", 1048, 1048, "23000") + "Column 's' cannot be null");
  starts("INSERT INTO c (id, s) VALUES (2, 'b')",
         expected("DBCTL-SQL-002 a column must not be NULL", 1364, 1364, "HY000"));
  starts("INSERT INTO c VALUES (2, 9, 'b', 1)",
         expected("DBCTL-SQL-002 a foreign key is violated: the row referred to does not exist", 1452, 1452, "23000"));
  starts("DELETE FROM p",
         expected("DBCTL-SQL-002 a foreign key is violated: the row is still referred to", 1451, 1451, "23000"));
  starts("INSERT INTO c VALUES (2, 1, 'b', 0)",
         expected("DBCTL-SQL-002 a row does not pass a check", 3819, 4025, mariadb() ? "23000" : "HY000"));
  starts("INSERT INTO c VALUES (2, 1, 'bbbb', 1)",
         expected("DBCTL-SQL-002 a value does not fit its column", 1406, 1406, "22001"));
}

TEST_P(Errors, of_syntax_have_a_place) {
  const Statement statement{.sql = "SELECT 1 FROM p\n  WHER id = 1", .origin = {.file = "m.cpp", .line = 7}};
  try {
    connection->execute(statement);
    FAIL() << "no error";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.details().summary, product() + " refused a statement");
    EXPECT_EQ(error.server().sqlstate, "42000");
    EXPECT_EQ(error.server().native, 1064);
    ASSERT_TRUE(error.server().position) << error.server().message;
    EXPECT_GE(*error.server().position, statement.sql.find("WHER"));
  }
}

TEST_P(Errors, of_rights_and_storage) {
  connection->execute({.sql = "DROP USER IF EXISTS driver_reader"});
  connection->execute({.sql = "CREATE USER driver_reader IDENTIFIED BY 'driver_reader'"});
  connection->execute({.sql = "GRANT SELECT ON p TO driver_reader"});
  const auto reader = connect({{"user", "driver_reader"}, {"password", "driver_reader"}});
  EXPECT_EQ(error_of([&] { reader->execute({.sql = "DELETE FROM p"}); }),
            "DBCTL-SQL-007 the user may not do that\nbecause " + product() +
                " error 1142 (42000): DELETE command denied to user 'driver_reader'@'127.0.0.1' for table " +
                (mariadb() ? "`DATABASE`.`p`" : "'p'") +
                "\n-> `SHOW GRANTS` lists what the user may do; `dbctl doctor` shows it too");
  connection->execute({.sql = "DROP USER driver_reader"});
  connection->execute({.sql = "SET SESSION TRANSACTION READ ONLY"});
  const auto text = refusal("DELETE FROM c");
  EXPECT_TRUE(text.starts_with("DBCTL-SQL-004 the server takes no changes here\n")) << text;
}

TEST_P(Errors, of_rows_that_would_be_too_large) {
  std::string sql = "CREATE TABLE wide (id INT PRIMARY KEY";
  for (int n = 0; n < 40; ++n) sql += ", c" + std::to_string(n) + " CHAR(255) CHARACTER SET latin1 NOT NULL";
  const auto text = refusal(sql + ")");
  EXPECT_TRUE(text.starts_with(expected("DBCTL-SQL-001 the table's rows would be too large", 1118, 1118, "42000")))
      << text;
  EXPECT_NE(text.find("ALTER TABLE … FORCE"), std::string::npos) << text;
}

TEST_P(Errors, of_two_at_the_same_rows) {
  const auto other = connect();
  connection->execute({.sql = "INSERT INTO p VALUES (2)"});
  connection->execute({.sql = "SET innodb_lock_wait_timeout = 1"});
  other->begin(false);
  other->execute({.sql = "UPDATE p SET id = 3 WHERE id = 2"});
  const auto text = refusal("UPDATE p SET id = 4 WHERE id = 2");
  EXPECT_TRUE(text.starts_with(
      expected("DBCTL-SQL-003 another session holds a lock that the statement needs", 1205, 1205, "HY000")))
      << text;
  other->rollback();
}

TEST_P(Errors, of_the_client_library_have_no_state) {
  try {
    connection->execute({.sql = "INSERT INTO p VALUES (?)"});
    FAIL() << "no error";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.code().id, "DBCTL-SQL-001");
  }
  try {
    connection->execute({.sql = "INSERT INTO p VALUES (?, ?)", .params = {std::int64_t{1}}});
    FAIL() << "no error";
  } catch (const StatementError& error) {
    EXPECT_NE(error.details().why.find(error.server().message), std::string::npos);
  }
}

}  // namespace
}  // namespace dbctl::mysql
