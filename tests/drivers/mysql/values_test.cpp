#include "plugins/drivers/mysql/values.hpp"

#include "dbctl/schema/coerce.hpp"
#include "plugins/drivers/mysql/columns.hpp"
#include "plugins/drivers/mysql/expression.hpp"
#include "server.hpp"

namespace dbctl::mysql {
namespace {

TEST(Values, have_one_form) {
  EXPECT_EQ(decimal_of("-0012.50").text, "-12.50");
  EXPECT_EQ(decimal_of(".5").text, "0.5");
  EXPECT_EQ(decimal_of("-0.00").text, "0.00");
  EXPECT_EQ(decimal_of("0").text, "0");
  EXPECT_EQ(time_of("09:00:00").text, "09:00:00.000000");
  EXPECT_EQ(timestamp_of("2024-01-15 09:00:00.5").text, "2024-01-15 09:00:00.500000");
}

TEST(Expressions, have_one_form) {
  const std::pair<const char*, const char*> forms[] = {
      {"(`price` >= 0)", "price >= 0"},
      {"((`a` > 1) and ((`b` = 2) or (`c` = 3)))", "a > 1 and (b = 2 or c = 3)"},
      {"(`s` = _utf8mb4'it\\'s')", "s = 'it''s'"},
      {"not `order` in ('a',\"b\")", "`order` not in ('a', 'b')"},
      {"0 <> `b`", "b <> 0"},
      {"`t`.`c` != X'0A'", "c <> x'0a'"},
      {"a - (b - c) - d", "a - (b - c) - d"},
      {"data->>'$.a' = 1", "json_unquote(json_extract(data, '$.a')) = 1"},
      {"a in (select 1)", "a in ( select 1 )"},
      {"a := 1", "a := 1"},
  };
  for (const auto& [written, form] : forms) {
    EXPECT_EQ(canonical_expression(written), form);
    EXPECT_EQ(canonical_expression(form), form);
  }
  EXPECT_EQ(string_literal("_utf8mb4'a''b\\\\c'"), "a'b\\c");
  EXPECT_EQ(string_literal("'a' or 'b'"), std::nullopt);
  EXPECT_EQ(unescaped("_utf8mb4\\'x\\\\\\'y\\'"), "_utf8mb4'x\\'y'");
}

class RoundTrip : public test::ServerTest {
 protected:
  /// The value as it comes back from a column of that type, by both ways of reading.
  Value through(const std::string& type, const Value& value) {
    connection->execute({.sql = "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v " + type + ")"});
    EXPECT_EQ(connection->execute({.sql = "INSERT INTO t (v) VALUES (?)", .params = {value}}), 1);
    const auto rows = connection->query({.sql = "SELECT v FROM t"});
    std::vector<Value> streamed;
    connection->each({.sql = "SELECT v FROM t"}, [&](const Row& row) {
      streamed.push_back(row.front());
      return true;
    });
    connection->execute({.sql = "DROP TABLE t"});
    if (rows.size() != 1 || streamed.size() != 1) return std::string("not one row");
    EXPECT_EQ(rows.rows[0][0], streamed[0]) << type;
    return rows.rows[0][0];
  }
  void same(const std::string& type, const Value& value) {
    EXPECT_EQ(through(type, value), value) << type << ' ' << to_text(value).substr(0, 80);
  }
};
DBCTL_ON_BOTH_SERVERS(RoundTrip);

TEST_P(RoundTrip, text) {
  same("LONGTEXT", Null{});
  for (const char* text : {"", "plain", "it's", "back\\slash", "\"quoted\"", "? ?? ; -- #", "line\nbreak\ttab", "NULL",
                           "grüße", "\xF0\x9F\x9A\x80 four bytes", " blanks ", "%s"})
    same("LONGTEXT", std::string(text));
  same("VARCHAR(10)", std::string(" blanks "));
  same("LONGTEXT", std::string(1U << 20U, 'x') + "\xF0\x9F\x9A\x80");
  same("VARCHAR(5)", std::string("abcde"));
  same("CHAR(2)", std::string("de"));
  same("ENUM('a','it''s')", std::string("it's"));
}

TEST_P(RoundTrip, numbers) {
  for (const bool truth : {true, false}) same("TINYINT(1)", truth);
  same("SMALLINT", std::int64_t{-32768});
  same("INT", std::int64_t{2147483647});
  for (const std::int64_t n : {INT64_MIN, INT64_MAX, std::int64_t{0}}) same("BIGINT", n);
  EXPECT_EQ(through("BIGINT UNSIGNED", Decimal{"18446744073709551615"}), Value(Decimal{"18446744073709551615"}));
  EXPECT_EQ(through("TINYINT", std::int64_t{-5}), Value(std::int64_t{-5}));
  for (const double d : {0.1, -1e300, 2.2250738585072014e-308, 1.0 / 3.0, 123456789.123456789}) same("DOUBLE", d);
  for (const double d : {0.5, 16777215.0, 1.0 / 3.0})
    EXPECT_EQ(schema::coerce(through("FLOAT", d), {.kind = schema::TypeKind::real}),
              schema::coerce(d, {.kind = schema::TypeKind::real}));
  same("DECIMAL(12,2)", Decimal{"999.00"});
  same("DECIMAL(30,10)", Decimal{"12345678901234567890.1234567890"});
  same("DECIMAL(30,0)", Decimal{"-123456789012345678901234567890"});
  same("DECIMAL(3,2)", Decimal{"0.50"});
}

TEST_P(RoundTrip, times) {
  same("DATE", Date{"2024-02-29"});
  same("TIME(6)", Time{"23:59:59.999999"});
  same("TIME(6)", Time{"09:00:00.000000"});
  same("DATETIME(6)", Timestamp{"2024-01-15 09:00:00.123456"});
  same("DATETIME(6)", Timestamp{"2038-01-19 03:14:08.000000"});
  same("DATETIME(6)", Timestamp{"1000-01-01 00:00:00.000001"});
}

TEST_P(RoundTrip, the_rest) {
  same("CHAR(36) CHARACTER SET ascii", std::string("00000000-0000-4000-8000-0000000000ab"));
  same("LONGBLOB", Bytes{std::string("\0\x01'\\\xff", 5)});
  same("LONGBLOB", Bytes{std::string(1U << 20U, '\xfe')});
  same("VARBINARY(16)", Bytes{std::string("\0\xff\0", 3)});
  same("LONGBLOB", Bytes{});
  const schema::Type json{.kind = schema::TypeKind::json};
  const Value document = Json{R"({"a":null,"b":[1.5,"it's \\ 日本"]})"};
  EXPECT_EQ(schema::coerce(through("JSON", document), json), document);
  EXPECT_EQ(through("JSON", TextArray{{"a", "it's", "\"", ""}}),
            mariadb() ? Value(std::string(R"(["a","it's","\"",""])")) : Value(Json{R"(["a", "it's", "\"", ""])"}));
}

TEST_P(RoundTrip, documents_beside_other_values_and_with_parameters) {
  connection->execute({.sql = "CREATE TABLE t (id INT PRIMARY KEY, d JSON, f FLOAT, b LONGBLOB, s LONGTEXT)"});
  const Row row{std::int64_t{1}, Json{R"({"a":"?"})"}, 0.5, Bytes{std::string("\0?'", 3)}, std::string("it's \\ ?")};
  connection->execute({.sql = "INSERT INTO t VALUES (?, ?, ?, ?, ?)", .params = row});
  const Statement select{.sql = "SELECT s, d, b FROM t WHERE id = ? AND b = ? AND s = ? AND '?' = '?'",
                         .params = {row[0], row[3], row[4]}};
  const auto rows = connection->query(select);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.rows[0][0], row[4]);
  EXPECT_EQ(schema::coerce(rows.rows[0][1], {.kind = schema::TypeKind::json}), row[1]);
  EXPECT_EQ(rows.rows[0][2], row[3]);
  int seen = 0;
  connection->each(select, [&](const Row& found) { return ++seen, found == rows.rows[0]; });
  EXPECT_EQ(seen, 1);
}

TEST_P(RoundTrip, several_results_are_taken) {
  connection->execute({.sql = "CREATE PROCEDURE two() BEGIN SELECT 1; SELECT 2; END"});
  EXPECT_EQ(connection->execute({.sql = "CALL two()"}), 0);
  EXPECT_EQ(ask("CALL two()"), "1");
  EXPECT_EQ(ask("SELECT 3"), "3");
  EXPECT_EQ(connection->execute({.sql = "SELECT 1 UNION SELECT 2"}), 0);
  int seen = 0;
  connection->each({.sql = "SELECT 1 UNION SELECT 2"}, [&](const Row&) { return ++seen < 1; });
  EXPECT_EQ(seen, 1);
  EXPECT_EQ(ask("SELECT 3"), "3");
}

TEST_P(RoundTrip, rows_found_count_as_affected) {
  connection->execute({.sql = "CREATE TABLE t (a INT)"});
  EXPECT_EQ(connection->execute({.sql = "INSERT INTO t VALUES (1), (2)"}), 2);
  EXPECT_EQ(connection->execute({.sql = "UPDATE t SET a = 1 WHERE a = ?", .params = {std::int64_t{1}}}), 1);
  EXPECT_EQ(connection->execute({.sql = "UPDATE t SET a = 1"}), 2);
  EXPECT_EQ(connection->execute({.sql = "DELETE FROM t"}), 2);
}

}  // namespace
}  // namespace dbctl::mysql
