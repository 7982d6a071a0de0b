// The reader is no part of dbctl's interface: it is compiled into its own test.
#include "seed/data.cpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/error_text.hpp"

namespace dbctl::seed {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::Pair;

std::string refused(std::string_view text) {
  return error_text([&] { parse_json(text, "data/products.json"); });
}

TEST(ParseJson, keeps_digits_and_order) {
  const auto records = parse_json(
      R"([{"price": 999.0, "name": "iPhone \"15\" ü 😀", "stock": 50, "rate": -1.50e2, "sold": true,
           "note": null, "large": 18446744073709551615, "least": -9223372036854775808}, {}])",
      "data/products.json");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_THAT(records[0],
              ElementsAre(Pair("price", Value(Decimal{"999.0"})), Pair("name", Value("iPhone \"15\" ü 😀")),
                          Pair("stock", Value(std::int64_t{50})), Pair("rate", Value(Decimal{"-1.50e2"})),
                          Pair("sold", Value(true)), Pair("note", Value(Null{})),
                          Pair("large", Value(Decimal{"18446744073709551615"})), Pair("least", Value(INT64_MIN))));
  EXPECT_TRUE(records[1].empty());
}

TEST(ParseJson, writes_out_what_is_nested) {
  const auto records = parse_json(
      R"([{"a": [], "b": {}, "c": [1, [2.50, {"x": null}], "it's, \"[{:\"", true],
           "d": {"k:": {"n": 0.12345678901234567890}, "m": [{}, []], "s": ":"}, "e": 1}])",
      "data/products.json");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(records[0],
              ElementsAre(Pair("a", Value(Json{"[]"})), Pair("b", Value(Json{"{}"})),
                          Pair("c", Value(Json{R"([1,[2.50,{"x":null}],"it's, \"[{:\"",true])"})),
                          Pair("d", Value(Json{R"({"k:":{"n":0.12345678901234567890},"m":[{},[]],"s":":"})"})),
                          Pair("e", Value(std::int64_t{1}))));
}

TEST(ParseJson, of_no_rows) {
  EXPECT_TRUE(parse_json("[]", "x.json").empty());
}

TEST(ParseJson, names_the_place_of_a_mistake) {
  EXPECT_EQ(refused("[\n  {\"name\": \"a\",}\n]"),
            "DBCTL-SED-004 the data file is not valid JSON\n"
            "at data/products.json:2:16\n"
            "because syntax error while parsing object key - unexpected '}'; expected string literal");
  EXPECT_TRUE(refused("[{\"name\": \"a\"}")
                  .starts_with("DBCTL-SED-004 the data file is not valid JSON\n"
                               "at data/products.json:1:15\n"))
      << refused("[{\"name\": \"a\"}");
  EXPECT_TRUE(refused("").starts_with("DBCTL-SED-004 the data file is not valid JSON\nat data/products.json:1:1\n"))
      << refused("");
  EXPECT_TRUE(
      refused("[{}] x").starts_with("DBCTL-SED-004 the data file is not valid JSON\n"
                                    "at data/products.json:1:6\n"))
      << refused("[{}] x");
}

TEST(ParseJson, refuses_a_field_given_twice) {
  EXPECT_EQ(refused(R"([{"a": 1}, {"a": 1, "b": 2, "a": 3}])"),
            "DBCTL-SED-004 the field \"a\" stands twice in one object\n"
            "at data/products.json, row 2\n"
            "-> take one of them out");
  EXPECT_EQ(refused(R"([{"a": {"b": [{"c": 1, "c": 2}]}}])"),
            "DBCTL-SED-004 the field \"c\" stands twice in one object\n"
            "at data/products.json, row 1\n"
            "-> take one of them out");
  EXPECT_EQ(parse_json(R"([{"a": {"a": [{"a": 1}, {"a": 2}]}}, {"a": 1}])", "x.json").size(), 2U);
}

TEST(ParseJson, says_of_bytes_that_are_no_text_what_they_are) {
  EXPECT_EQ(refused("[\n {\"name\": \"a\xff\"}]"),
            "DBCTL-SED-004 the data file is not valid JSON\n"
            "at data/products.json:2:13\n"
            "because syntax error while parsing value - invalid string: ill-formed UTF-8 byte; last read: '\"a\\xff'");
  EXPECT_EQ(refused("[\xc3]"),
            "DBCTL-SED-004 the data file is not valid JSON\n"
            "at data/products.json:1:2\n"
            "because syntax error while parsing value - invalid literal; last read: '[\\xc3'");
}

TEST(ParseJson, wants_an_array_of_objects) {
  const std::string shape =
      "DBCTL-SED-004 the data file must be an array of objects\nat data/products.json\n"
      "-> [ { \"name\": \"…\", … }, … ]";
  EXPECT_EQ(refused("{}"), shape);
  EXPECT_EQ(refused("1"), shape);
  EXPECT_EQ(refused("[1]"), shape);
  EXPECT_EQ(refused("[[]]"), shape);
}

}  // namespace
}  // namespace dbctl::seed
