#include "plugins/drivers/postgresql/values.hpp"

#include <stdexcept>

#include "server.hpp"

namespace dbctl::postgresql {
namespace {

TEST(Values, arrays_are_read_as_the_server_writes_them) {
  EXPECT_EQ(parse_array("{}"), TextArray{});
  EXPECT_EQ(parse_array(R"({a,"b,c","d\"e","f\\g","","NULL"," "})"),
            (TextArray{{"a", "b,c", "d\"e", "f\\g", "", "NULL", " "}}));
  for (const char* foreign : {"{NULL}", "{{a},{b}}", "[2:3]={a,b}", "{a", "a}", "{\"a}", "{a,}", ""})
    EXPECT_EQ(parse_array(foreign), std::nullopt) << foreign;
  const TextArray odd{{"", "NULL", "{", "}", ",", "\"", "\\", "a b", "\n"}};
  EXPECT_EQ(parse_array(array_literal(odd)), odd);
}

TEST(Values, timestamps_come_in_utc_with_six_digits) {
  EXPECT_EQ(parse_timestamp("2024-01-15 09:00:00+00"), "2024-01-15 09:00:00.000000");
  EXPECT_EQ(parse_timestamp("2024-01-15 09:00:00.5"), "2024-01-15 09:00:00.500000");
  EXPECT_EQ(parse_timestamp("2024-03-01 00:30:00.123456+01:30"), "2024-02-29 23:00:00.123456");
  EXPECT_EQ(parse_timestamp("2023-12-31 23:59:59-00:00:01"), "2024-01-01 00:00:00.000000");
  for (const char* other :
       {"infinity", "2024-01-15", "0044-03-15 09:00:00 BC", "2024-01-15 09:00:00+1", "12024-01-15 09:00:00"})
    EXPECT_EQ(parse_timestamp(other), std::nullopt) << other;
}

TEST(Values, a_nul_is_refused_and_not_cut_off) {
  EXPECT_THROW(parameter(std::string("a\0b", 3)), std::invalid_argument);
  EXPECT_THROW(parameter(TextArray{{std::string("\0", 1)}}), std::invalid_argument);
  EXPECT_EQ(parameter(Bytes{std::string("a\0b", 3)}), "\\x610062");
}

using test::ServerTest;

class RoundTrip : public ServerTest {
 protected:
  /// The value as it comes back from a column of that type.
  Value through(const std::string& type, const Value& value) {
    connection->execute({"CREATE TABLE t (v " + type + ")"});
    EXPECT_EQ(connection->execute({"INSERT INTO t (v) VALUES ($1)", {value}}), 1);
    const auto rows = connection->query({"SELECT v FROM t WHERE v IS NOT DISTINCT FROM $1", {value}});
    connection->execute({"DROP TABLE t"});
    EXPECT_EQ(rows.size(), 1U) << type << ' ' << to_text(value).substr(0, 60);
    return rows.empty() ? Value(std::string("no row")) : rows.rows.front().front();
  }
  void same(const std::string& type, const Value& value) { EXPECT_EQ(through(type, value), value) << type; }
};

TEST_F(RoundTrip, text) {
  same("TEXT", Null{});
  for (const char* text : {"", "plain", "it's", "back\\slash", "\"quoted\"", "$1 $$ ; --", "line\nbreak\ttab", "NULL",
                           "grüße", "\xF0\x9F\x9A\x80 four bytes", "{a,b}", "%s"})
    same("TEXT", std::string(text));
  same("TEXT", std::string(1U << 20U, 'x') + "\xF0\x9F\x9A\x80");
  same("VARCHAR(5)", std::string("abcde"));
  same("CHAR(2)", std::string("de"));
}

TEST_F(RoundTrip, numbers) {
  for (const bool truth : {true, false}) same("BOOLEAN", truth);
  same("SMALLINT", std::int64_t{-32768});
  same("INTEGER", std::int64_t{2147483647});
  for (const std::int64_t n : {INT64_MIN, INT64_MAX, std::int64_t{0}}) same("BIGINT", n);
  for (const double d : {0.1, -1e300, 5e-324, 1.0 / 3.0}) same("DOUBLE PRECISION", d);
  same("DOUBLE PRECISION", std::numeric_limits<double>::infinity());
  same("REAL", 0.5);
  same("NUMERIC(12,2)", Decimal{"999.00"});
  same("NUMERIC(30,10)", Decimal{"12345678901234567890.1234567890"});
  same("NUMERIC(30,0)", Decimal{"-123456789012345678901234567890"});
  same("NUMERIC(3,2)", Decimal{"0.50"});
}

TEST_F(RoundTrip, times) {
  same("DATE", Date{"2024-02-29"});
  same("TIME(6)", Time{"23:59:59.999999"});
  same("TIME(6)", Time{"09:00:00.000000"});
  same("TIMESTAMPTZ(6)", Timestamp{"2024-01-15 09:00:00.123456"});
  same("TIMESTAMPTZ(6)", Timestamp{"2038-01-19 03:14:08.000000"});
  same("TIMESTAMP(6)", Timestamp{"0999-01-15 09:00:00.000001"});
}

TEST_F(RoundTrip, timestamps_stay_right_in_another_zone) {
  connection->execute({"SET TimeZone = 'Asia/Kathmandu'"});
  same("TIMESTAMPTZ(6)", Timestamp{"2024-01-15 23:00:00.123456"});
}

TEST_F(RoundTrip, the_rest) {
  same("UUID", Uuid{"00000000-0000-4000-8000-0000000000ab"});
  same("BYTEA", Bytes{std::string("\0\x01'\\\xff", 5)});
  same("BYTEA", Bytes{});
  same("TEXT[]", TextArray{});
  same("TEXT[]", TextArray{{"", "NULL", "{", "}", ",", "\"", "\\", "a b", "\xF0\x9F\x9A\x80", "it's\n"}});
  EXPECT_EQ(through("JSONB", Json{R"({"b":[1,"it's"],"a":null})"}), Value(Json{R"({"a": null, "b": [1, "it's"]})"}));
  EXPECT_EQ(test::ask(*connection, "SELECT ARRAY['a', NULL]"), "{a,NULL}");
  EXPECT_EQ(test::ask(*connection, "SELECT 'infinity'::timestamptz"), "infinity");
  EXPECT_EQ(test::ask(*connection, "SELECT 'NaN'::numeric"), "NaN");
}

}  // namespace
}  // namespace dbctl::postgresql
