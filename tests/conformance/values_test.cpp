#include <cmath>
#include <limits>

#include "conformance/fixture.hpp"
#include "dbctl/schema/coerce.hpp"

/// Every value comes back as it went, as a parameter and as a literal.
namespace dbctl::conformance {
namespace {

using schema::TypeKind;

struct Values {
  std::string name;
  schema::Type type;
  std::vector<Value> values;
  bool comparable = true;  ///< WHERE column = value finds it
};

std::string bytes(int from, int to) {
  std::string all;
  for (int b = from; b <= to; ++b) all += static_cast<char>(b);
  return all;
}

std::vector<Value> texts() {
  std::vector<Value> all;
  for (const char* text : {"", "plain", "it's", "\"quoted\"", "back\\slash", "\\", "\\'", "100 % _ ?", "$1 :name @x ?",
                           "new\nline\r\n\ttab", "-- comment", "/* comment */", "a;b", "NULL", "  padded  ", "äöü ß €",
                           "\xF0\x9F\x98\x80 \xF0\x9F\x9A\x80", "\xE2\x80\xAE right to left", "a\xCC\x81 combined"})
    all.emplace_back(std::string(text));
  return all;
}

std::vector<Value> large_texts() {
  std::string mixed;
  while (mixed.size() < 1'000'000) mixed += "1 MB of it's \\ \"text\" \xF0\x9F\x98\x80\n";
  return {std::string(1'048'576, 'x'), mixed};
}

schema::Type enumeration() {
  return {.kind = TypeKind::enumeration, .values = {"small", "it's", "größer"}};
}

std::vector<Value> arrays() {
  return {TextArray{},
          TextArray{{""}},
          TextArray{{"a", "b", "a"}},
          TextArray{{"a,b", "\"q\"", "it's", "back\\slash", "{}", "{a}", "[1]", "new\nline", " padded "}},
          TextArray{{"NULL", "null", "true", "1"}},
          TextArray{{"ü", "\xF0\x9F\x98\x80"}}};
}

std::vector<Value> documents() {
  std::vector<Value> all;
  for (const char* json : {R"({})", R"([])", R"({"b":1,"a":[1,2,{"c":null,"d":[true,false]}],"":""})",
                           R"({"text":"it's \"quoted\" \\ / \n ü 😀 \u0001"})",
                           R"([9007199254740993,-1,0,1.5,1234567890.125])", R"(["a;b","%","{}"])"})
    all.emplace_back(Json{json});
  return all;
}

std::vector<Value> numbers(std::int64_t least, std::int64_t most) {
  return {least, least + 1, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, most - 1, most};
}

template <class T>
std::vector<Value> wrapped(std::initializer_list<const char*> texts) {
  std::vector<Value> all;
  for (const char* text : texts) all.emplace_back(T{text});
  return all;
}

std::vector<Values> all_values() {
  using I = std::numeric_limits<std::int64_t>;
  return {
      {"boolean", type(TypeKind::boolean), {true, false}},
      {"smallint", type(TypeKind::smallint), numbers(-32768, 32767)},
      {"integer", type(TypeKind::integer), numbers(-2147483648LL, 2147483647)},
      {"bigint", type(TypeKind::bigint), numbers(I::min(), I::max())},
      {"decimal", type(TypeKind::decimal, 12, 2),
       wrapped<Decimal>({"0.00", "999.00", "-0.01", "0.01", "-9999999999.99", "9999999999.99", "0.10", "1999.90"})},
      {"decimal_of_30_digits", type(TypeKind::decimal, 30, 10),
       wrapped<Decimal>({"12345678901234567890.0123456789", "-99999999999999999999.9999999999", "0.0000000001",
                         "0.0000000000", "100.0000000000"})},
      {"decimal_without_fraction", type(TypeKind::decimal, 20, 0),
       wrapped<Decimal>({"12345678901234567890", "-1", "0"})},
      {"real", type(TypeKind::real), {0.0, 0.5, -2.25, 16777216.0, 1.0e-30, 0.1, 3.14}},
      {"double",
       type(TypeKind::double_),
       {0.0, 0.1, -0.3, 1.0 / 3.0, 1.0e300, 9007199254740993.0, std::numeric_limits<double>::max(),
        std::numeric_limits<double>::min(), 3.141592653589793},
       false},
      {"string", type(TypeKind::string, 200), texts()},
      {"text", type(TypeKind::text), texts()},
      {"large_text", type(TypeKind::text), large_texts(), false},
      {"character", type(TypeKind::character, 2), {std::string("ab"), std::string("ü\xF0\x9F\x98\x80")}},
      {"enumeration", enumeration(), {std::string("small"), std::string("it's"), std::string("größer")}},
      {"uuid", type(TypeKind::uuid),
       wrapped<Uuid>({"00000000-0000-0000-0000-000000000000", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                      "ffffffff-ffff-ffff-ffff-ffffffffffff"})},
      {"date", type(TypeKind::date), wrapped<Date>({"1000-01-01", "1969-12-31", "2000-02-29", "9999-12-31"})},
      {"time", type(TypeKind::time), wrapped<Time>({"00:00:00.000000", "09:00:00.000001", "23:59:59.999999"})},
      {"timestamp", type(TypeKind::timestamp),
       wrapped<Timestamp>({"1000-01-01 00:00:00.000000", "1969-12-31 23:59:59.999999", "1970-01-01 00:00:00.000000",
                           "2024-03-31 02:30:00.000001", "2024-02-29 12:34:56.789012", "2038-01-19 03:14:08.000000",
                           "9999-12-31 23:59:59.999999"})},
      {"json", type(TypeKind::json), documents(), false},
      {"text_array", type(TypeKind::text_array), arrays(), false},
      {"binary", type(TypeKind::binary), {Bytes{}, Bytes{bytes(0, 255)}, Bytes{std::string(100'000, '\0')}}, false},
      {"short_binary", type(TypeKind::binary, 16), {Bytes{}, Bytes{bytes(240, 255)}, Bytes{bytes(0, 15)}}},
  };
}

class ValuesTest : public Test, public testing::WithParamInterface<Values> {
 protected:
  void make_table() {
    create({.name = "samples",
            .columns = {column("id", type(TypeKind::integer)), nullable(column("value", GetParam().type))},
            .primary_key = {"id"}});
  }
  Value read_back(std::int64_t id) {
    const auto found = read("samples", {"value"}, dialect().select(table("samples"), {"value"}, {"id"}, {{id}}, {}));
    EXPECT_EQ(found.size(), 1U);
    return found.empty() ? Value{} : found[0][0];
  }
};

std::string shown(const Value& value) {
  const auto text = to_text(value);
  return text.size() > 100 ? text.substr(0, 100) + "… of " + std::to_string(text.size()) + " bytes" : text;
}

void expect_equal(const Value& found, const Value& wanted, const char* how) {
  EXPECT_TRUE(found == wanted) << how << ": " << shown(found) << " came back for " << shown(wanted);
}

TEST_P(ValuesTest, come_back_from_parameters) {
  make_table();
  if (!stores()) return;
  std::int64_t id = 0;
  for (const auto& value : GetParam().values) {
    insert("samples", {"id", "value"}, {{++id, value}});
    expect_equal(read_back(id), schema::coerce(value, GetParam().type), "as a parameter");
  }
}

TEST_P(ValuesTest, come_back_from_literals) {
  make_table();
  if (!stores()) return;
  std::int64_t id = 0;
  for (const auto& value : GetParam().values) {
    const auto text = dialect().literal(value);
    db().execute({"INSERT INTO " + dialect().quote("samples") + " (" + dialect().quote("id") + ", " +
                  dialect().quote("value") + ") VALUES (" + std::to_string(++id) + ", " + text + ")"});
    expect_equal(read_back(id), schema::coerce(value, GetParam().type), "as a literal");
  }
}

TEST_P(ValuesTest, are_null_when_they_are_null) {
  make_table();
  if (!stores()) return;
  insert("samples", {"id", "value"}, {{std::int64_t{1}, Null{}}});
  insert("samples", {"id"}, {{std::int64_t{2}}});
  expect_equal(read_back(1), Null{}, "a parameter");
  expect_equal(read_back(2), Null{}, "left out");
  const auto found = db().query(dialect().select(table("samples"), {"id"}, {"value"}, {{Null{}}}, {}));
  EXPECT_EQ(found.size(), 2U) << "select by NULL must be NULL-safe";
}

TEST_P(ValuesTest, find_their_rows_again) {
  make_table();
  if (!stores() || !GetParam().comparable) return;
  std::vector<Row> all;
  for (const auto& value : GetParam().values) all.push_back({static_cast<std::int64_t>(all.size()), value});
  insert("samples", {"id", "value"}, all);
  for (const auto& row : all) {
    const auto found = read("samples", {"id"}, dialect().select(table("samples"), {"id"}, {"value"}, {{row[1]}}, {}));
    ASSERT_EQ(found.size(), 1U) << shown(row[1]);
    EXPECT_EQ(found[0][0], row[0]) << shown(row[1]);
  }
  for (const auto& row : all)
    EXPECT_EQ(db().execute(dialect().remove(table("samples"), {"value"}, {row[1]})), 1) << shown(row[1]);
}

INSTANTIATE_TEST_SUITE_P(all, ValuesTest, testing::ValuesIn(all_values()),
                         [](const auto& test) { return test.param.name; });

class NumbersTest : public Test {};

TEST_F(NumbersTest, json_keeps_numbers_exactly_or_they_are_refused) {
  create({.name = "samples",
          .columns = {column("id", type(TypeKind::integer)), column("value", type(TypeKind::json))},
          .primary_key = {"id"}});
  const Json exact{R"({"n":[12345678901234567890.125,18446744073709551616,0.1000000000000000055]})"};
  const auto write = [&] { insert("samples", {"id", "value"}, {{std::int64_t{1}, exact}}); };
  if (!dialect().info().exact_json_numbers) {
    EXPECT_THROW(write(), Unsupported);
    EXPECT_THROW(dialect().literal(exact), Unsupported);
    return;
  }
  write();
  if (!stores()) return;
  const auto found = read("samples", {"value"}, dialect().select(table("samples"), {"value"}, {}, {}, {}));
  ASSERT_EQ(found.size(), 1U);
  expect_equal(found[0][0], exact, "as a parameter");
}

TEST_F(NumbersTest, count_themselves) {
  auto id = column("id", type(TypeKind::bigint));
  id.auto_increment = true;
  create({.name = "tickets", .columns = {id, column("name", type(TypeKind::string, 20))}, .primary_key = {"id"}});
  if (!stores()) return;
  insert("tickets", {"name"}, {{std::string("a")}, {std::string("b")}});
  insert("tickets", {"name"}, {{std::string("c")}});
  const auto found = rows("tickets", {"id", "name"}, {"id"});
  ASSERT_EQ(found.size(), 3U);
  EXPECT_LT(to_int(found[0][0]), to_int(found[1][0]));
  EXPECT_LT(to_int(found[1][0]), to_int(found[2][0]));
  EXPECT_EQ(to_text(found[2][1]), "c");
}

TEST_F(NumbersTest, of_rows_changed_are_returned) {
  create({.name = "items",
          .columns = {column("id", type(TypeKind::integer)), nullable(column("name", type(TypeKind::string, 20)))},
          .primary_key = {"id"}});
  if (!stores()) return;
  const auto& items = table("items");
  EXPECT_EQ(db().execute(dialect().insert(items, {"id"}, {{std::int64_t{1}}, {std::int64_t{2}}})), 2);
  const auto name = [&](std::int64_t id, Value to) {
    return db().execute(dialect().update(items, {"name"}, {std::move(to)}, {"id"}, {id}));
  };
  EXPECT_EQ(name(1, std::string("a")), 1);
  EXPECT_EQ(name(1, std::string("a")), 1) << "a row that is found counts, changed or not";
  EXPECT_EQ(name(3, std::string("a")), 0);
  EXPECT_EQ(db().execute(dialect().remove(items, {"name"}, {Null{}})), 1);
  EXPECT_EQ(db().execute(dialect().remove(items, {}, {})), 1);
}

}  // namespace
}  // namespace dbctl::conformance
