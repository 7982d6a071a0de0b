#include <limits>

#include "drivers/sqlite/support.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::TypeKind;

/// Stores the value in a column of that type and reads it back.
Value round_trip(const schema::Type& type, const Value& value) {
  Shop shop;
  shop.apply(operation(schema::CreateTable{
      {.name = "t", .columns = {{.name = "c", .type = type, .nullable = true}}, .primary_key = {}}}));
  const auto& table = shop.model().at("t");
  shop->execute(shop.dialect().insert(table, {"c"}, {{value}}));
  return shop->query(shop.dialect().select(table, {"c"}, {}, {})).rows.at(0).at(0);
}

TEST(SqliteValues, null_stays_null_in_every_type) {
  for (auto kind = 0; kind <= static_cast<int>(TypeKind::enumeration); ++kind) {
    schema::Type type{.kind = static_cast<TypeKind>(kind), .size = 12, .scale = 2, .values = {"a"}};
    EXPECT_EQ(round_trip(type, Null{}), Value(Null{})) << schema::to_text(type);
  }
}

TEST(SqliteValues, booleans_and_whole_numbers) {
  EXPECT_EQ(round_trip({.kind = TypeKind::boolean}, true), Value(true));
  EXPECT_EQ(round_trip({.kind = TypeKind::boolean}, false), Value(false));
  for (const std::int64_t number : {std::numeric_limits<std::int64_t>::min(), std::int64_t{-1}, std::int64_t{0},
                                    std::numeric_limits<std::int64_t>::max()})
    EXPECT_EQ(round_trip({.kind = TypeKind::bigint}, number), Value(number));
}

TEST(SqliteValues, decimals_of_fifteen_digits_are_exact_at_their_scale) {
  const schema::Type money{.kind = TypeKind::decimal, .size = 15, .scale = 2};
  for (const auto* text : {"999.00", "0.10", "-0.01", "0.00", "9999999999999.99", "-1234567890123.45"})
    EXPECT_EQ(round_trip(money, Decimal{text}), Value(Decimal{text}));
  const schema::Type small{.kind = TypeKind::decimal, .size = 15, .scale = 15};
  EXPECT_EQ(round_trip(small, Decimal{"0.123456789012345"}), Value(Decimal{"0.123456789012345"}));
  EXPECT_EQ(round_trip({.kind = TypeKind::decimal, .size = 5}, Decimal{"12345"}), Value(Decimal{"12345"}));
}

TEST(SqliteValues, every_fraction_of_two_digits_comes_back) {
  Shop shop;
  shop.apply(operation(schema::CreateTable{{.name = "t", .columns = {column("c", TypeKind::decimal, 15, 2)}}}));
  std::vector<Row> rows;
  for (int i = 0; i < 1000; ++i) {
    auto digits = std::to_string(1000000000000 + i);
    rows.push_back({Decimal{digits + "." + (i % 100 < 10 ? "0" : "") + std::to_string(i % 100)}});
  }
  shop->execute(shop.dialect().insert(shop.model().at("t"), {"c"}, rows));
  EXPECT_EQ(shop->query({.sql = "SELECT c FROM t ORDER BY rowid"}).rows, rows);
}

TEST(SqliteValues, wide_decimals_are_exact_text) {
  const schema::Type wide{.kind = TypeKind::decimal, .size = 30, .scale = 10};
  EXPECT_EQ(round_trip(wide, Decimal{"12345678901234567890.0123456789"}),
            Value(std::string("12345678901234567890.0123456789")));
  EXPECT_EQ(round_trip(wide, Decimal{"0.0000000000"}), Value(std::string("0.0000000000")));
}

TEST(SqliteValues, real_numbers) {
  for (const double number : {0.1, -1e300, 5e-324, 1.0, std::numeric_limits<double>::infinity()})
    EXPECT_EQ(round_trip({.kind = TypeKind::double_}, number), Value(number));
}

TEST(SqliteValues, nan_is_refused_where_sqlite_would_store_null) {
  Shop shop;
  EXPECT_EQ(error_of([&] { shop.rows("SELECT ?", {std::numeric_limits<double>::quiet_NaN()}); }),
            "DBCTL-SQL-001: the statement cannot be sent\nwhy: SQLite cannot store NaN");
}

TEST(SqliteValues, texts_of_all_kinds) {
  const schema::Type text{.kind = TypeKind::text};
  std::string controls;
  for (char c = 0; c < 32; ++c) controls += c;
  for (const std::string& value :
       {std::string(), std::string("it's \"quoted\" \\ `x` [y] %_?"), std::string("\xF0\x9F\x98\x80 \xC3\xA4"),
        std::string("1e5"), std::string("007"), controls, std::string(1 << 20, 'x')})
    EXPECT_EQ(round_trip(text, value), Value(value));
}

TEST(SqliteValues, what_is_kept_as_text_comes_back_letter_for_letter) {
  EXPECT_EQ(round_trip({.kind = TypeKind::uuid}, Uuid{"00000000-0000-4000-8000-0000000000e5"}),
            Value(std::string("00000000-0000-4000-8000-0000000000e5")));
  EXPECT_EQ(round_trip({.kind = TypeKind::date}, Date{"2024-01-15"}), Value(std::string("2024-01-15")));
  EXPECT_EQ(round_trip({.kind = TypeKind::time}, Time{"09:00:00.000001"}), Value(std::string("09:00:00.000001")));
  EXPECT_EQ(round_trip({.kind = TypeKind::timestamp}, Timestamp{"2024-01-15 09:00:00.123456"}),
            Value(std::string("2024-01-15 09:00:00.123456")));
  EXPECT_EQ(round_trip({.kind = TypeKind::json}, Json{R"({"b":[1,null,"\u00e4"]})"}),
            Value(std::string(R"({"b":[1,null,"\u00e4"]})")));
  EXPECT_EQ(round_trip({.kind = TypeKind::text_array}, TextArray{{"a", "it's", "b,\"c\""}}),
            Value(std::string(R"(["a","it's","b,\"c\""])")));
}

TEST(SqliteValues, bytes) {
  EXPECT_EQ(round_trip({.kind = TypeKind::binary}, Bytes{std::string("\x00\xff'\x00", 4)}),
            Value(Bytes{std::string("\x00\xff'\x00", 4)}));
  EXPECT_EQ(round_trip({.kind = TypeKind::binary}, Bytes{}), Value(Bytes{}));
}

TEST(SqliteValues, now_has_six_digits) {
  Shop shop;
  schema::Column at = column("at", TypeKind::timestamp), day = column("day", TypeKind::date),
                 time = column("time", TypeKind::time);
  for (auto* c : {&at, &day, &time}) c->default_value.kind = schema::Default::Kind::now;
  shop.apply(operation(schema::CreateTable{{.name = "t", .columns = {id(), at, day, time}, .primary_key = {"id"}}}));
  shop.execute("INSERT INTO t DEFAULT VALUES");
  EXPECT_EQ(shop.rows("SELECT at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] "
                      "[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]000', day = substr(at, 1, 10), "
                      "length(time), at BETWEEN datetime('now', '-1 minute') AND datetime('now', '+1 minute') FROM t"),
            "1|1|15|1");
}

TEST(SqliteValues, the_checks_of_types_hold) {
  Shop shop;
  schema::Column size = column("size", TypeKind::enumeration);
  size.type.values = {"small", "it's"};
  shop.apply(operation(schema::CreateTable{
      {.name = "t",
       .columns = {id(), nullable(column("name", TypeKind::string, 3)),
                   nullable(column("code", TypeKind::character, 2)), nullable(column("data", TypeKind::json)),
                   nullable(column("tags", TypeKind::text_array)), nullable(size),
                   nullable(column("raw", TypeKind::binary, 2))},
       .primary_key = {"id"}}}));
  const auto insert = [&](const std::string& column, const Value& value) {
    return error_of([&] { shop.execute("INSERT INTO t (" + column + ") VALUES (?)", {value}); });
  };
  EXPECT_EQ(insert("name", std::string("\xC3\xA4\xC3\xA4\xC3\xA4")), "no error");
  EXPECT_EQ(insert("name", std::string("four")),
            "DBCTL-SQL-002: a row does not pass the check length(\"name\") <= 3\n"
            "why: SQLite error 275: CHECK constraint failed: length(\"name\") <= 3\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(insert("code", std::string("de")), "no error");
  EXPECT_NE(insert("code", std::string("d")), "no error");
  EXPECT_EQ(insert("data", std::string("[1]")), "no error");
  EXPECT_NE(insert("data", std::string("{")), "no error");
  EXPECT_EQ(insert("tags", std::string("[\"a\"]")), "no error");
  EXPECT_NE(insert("tags", std::string("{}")), "no error");
  EXPECT_NE(insert("tags", std::string("x")), "no error");
  EXPECT_EQ(insert("size", std::string("it's")), "no error");
  EXPECT_EQ(insert("size", std::string("large")),
            "DBCTL-SQL-002: a row does not pass the check en_t_size\n"
            "why: SQLite error 275: CHECK constraint failed: en_t_size\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(insert("raw", Bytes{"ab"}), "no error");
  EXPECT_NE(insert("raw", Bytes{"abc"}), "no error");
}

TEST(SqliteValues, rows_affected) {
  Shop shop;
  EXPECT_EQ(shop.execute("CREATE TABLE t (a)"), 0);
  EXPECT_EQ(shop.execute("INSERT INTO t VALUES (1), (2), (3)"), 3);
  EXPECT_EQ(shop.execute("CREATE TABLE u (a)"), 0);
  EXPECT_EQ(shop.execute("UPDATE t SET a = a + 1 WHERE a > 1"), 2);
  EXPECT_EQ(shop.execute("UPDATE t SET a = 0 WHERE a > 100"), 0);
  EXPECT_EQ(shop.execute("SELECT * FROM t"), 0);
  EXPECT_EQ(shop.execute("DELETE FROM t"), 3);
}

TEST(SqliteValues, one_statement_many_times) {
  Shop shop;
  shop.execute("CREATE TABLE t (a INTEGER)");
  for (std::int64_t i = 0; i < 100; ++i) shop.execute("INSERT INTO t VALUES (?)", {i});
  EXPECT_EQ(shop.rows("SELECT count(*), sum(a) FROM t"), "100|4950");
  EXPECT_EQ(shop.rows("SELECT a FROM t WHERE a = ?", {std::int64_t{7}}), "7");
  shop.execute("ALTER TABLE t RENAME COLUMN a TO b");
  shop.execute("ALTER TABLE t ADD COLUMN a BOOLEAN DEFAULT 1");
  EXPECT_EQ(shop.value("SELECT a FROM t WHERE b = ?", {std::int64_t{7}}), Value(true));
  shop.execute("DROP TABLE t");
}

TEST(SqliteValues, each_stops_when_told) {
  Shop shop;
  int seen = 0;
  shop->each({.sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"},
             [&](const Row&) { return ++seen < 10; });
  EXPECT_EQ(seen, 10);
  shop.execute("CREATE TABLE t (a)");  // nothing is left open
  EXPECT_EQ(shop->query({.sql = "SELECT 1 AS one, 2 AS two LIMIT 0"}).columns,
            (std::vector<std::string>{"one", "two"}));
}

}  // namespace
}  // namespace dbctl::sqlite::test
