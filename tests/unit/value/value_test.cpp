#include "dbctl/value/value.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

#include "dbctl/value/statement.hpp"

namespace dbctl {
namespace {

TEST(Value, isShownToPeople) {
  EXPECT_EQ(to_text(Null{}), "NULL");
  EXPECT_EQ(to_text(true), "true");
  EXPECT_EQ(to_text(std::int64_t{-42}), "-42");
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(std::string("O'Hara\n")), "O'Hara\n");
  EXPECT_EQ(to_text(Decimal{"999.00"}), "999.00");
  EXPECT_EQ(to_text(Uuid{"2ed6657d-e927-568b-95e1-2665a8aea6a2"}), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(to_text(Date{"2024-01-15"}), "2024-01-15");
  EXPECT_EQ(to_text(Time{"09:00:00.000000"}), "09:00:00.000000");
  EXPECT_EQ(to_text(Timestamp{"2024-01-15 09:00:00.000000"}), "2024-01-15 09:00:00.000000");
  EXPECT_EQ(to_text(Json{"{}"}), "{}");
  EXPECT_EQ(to_text(TextArray{{"a", "b\"c"}}), R"(["a","b\"c"])");
  EXPECT_EQ(to_text(Bytes{std::string("\x00\xff\n", 3)}), "00ff0a");
}

TEST(Value, isReadAsAWholeNumber) {
  EXPECT_EQ(to_int(std::int64_t{7}), 7);
  EXPECT_EQ(to_int(true), 1);
  EXPECT_EQ(to_int(std::string(" -12 ")), -12);
  EXPECT_EQ(to_int(Decimal{"42.00"}), 42);
  EXPECT_EQ(to_int(3.0), 3);
  EXPECT_EQ(to_int(std::string("9223372036854775807")), std::numeric_limits<std::int64_t>::max());
}

std::string refusal(const Value& value) {
  try {
    to_int(value);
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
  return "accepted";
}

TEST(Value, refusesWhatIsNoWholeNumber) {
  EXPECT_EQ(refusal(std::string("abc")), "'abc' is not a whole number");
  EXPECT_EQ(refusal(std::string("")), "'' is not a whole number");
  EXPECT_EQ(refusal(std::string("1.5")), "'1.5' is not a whole number");
  EXPECT_EQ(refusal(std::string("1.")), "'1.' is not a whole number");
  EXPECT_EQ(refusal(std::string("9223372036854775808")), "'9223372036854775808' is not a whole number");
  EXPECT_EQ(refusal(1.5), "'1.5' is not a whole number");
  EXPECT_EQ(refusal(1e19), "'1e+19' is not a whole number");
  EXPECT_EQ(refusal(std::numeric_limits<double>::quiet_NaN()), "'nan' is not a whole number");
  EXPECT_EQ(refusal(Null{}), "'NULL' is not a whole number");
  EXPECT_EQ(refusal(Date{"2024-01-15"}), "'2024-01-15' is not a whole number");
}

TEST(TextArray, goesThroughJsonUnchanged) {
  for (const TextArray& array : {TextArray{}, TextArray{{"a"}}, TextArray{{"", "ü\U0001F600", "\"\\\n", "null"}}})
    EXPECT_EQ(text_array_from_json(to_json(array)), array);
}

TEST(TextArray, refusesOtherJson) {
  for (const auto* json : {"{}", "[1]", "[null]", "\"a\"", "[\"a\"", ""}) {
    try {
      text_array_from_json(json);
      ADD_FAILURE() << json;
    } catch (const std::invalid_argument& e) {
      EXPECT_EQ(e.what(), "'" + std::string(json) + "' is not a JSON array of strings");
    }
  }
}

TEST(TextArray, refusesTextThatIsNotUtf8) {
  try {
    to_json(TextArray{{"\xff"}});
    FAIL();
  } catch (const std::invalid_argument& e) {
    EXPECT_STREQ(e.what(), "a text array holds a text that is not UTF-8");
  }
}

TEST(Origin, isShortenedByWhatIsNotKnown) {
  EXPECT_EQ((Origin{"a.cpp", 12, 3}.text()), "a.cpp:12:3");
  EXPECT_EQ((Origin{"a.cpp", 12, 0}.text()), "a.cpp:12");
  EXPECT_EQ((Origin{"a.cpp", 0, 3}.text()), "a.cpp");
  EXPECT_EQ((Origin{"", 12, 3}.text()), "");
}

}  // namespace
}  // namespace dbctl
