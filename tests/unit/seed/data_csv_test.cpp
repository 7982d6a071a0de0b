// The reader is no part of dbctl's interface: it is compiled into its own test.
#include "seed/data_csv.cpp"

#include <gmock/gmock.h>

#include "support/error_text.hpp"

namespace dbctl::seed {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string refused(std::string_view text) {
  return error_text([&] { parse_csv(text, "data/p.csv"); });
}

TEST(ParseCsv, reads_texts_and_nothing) {
  const auto records =
      parse_csv("\xEF\xBB\xBFname, sku,note\r\n\"Ink, \"\"blue\"\"\nbig\",P-1,\nPen,P-2,\"\"\n\n", "p.csv");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_THAT(records[0], ElementsAre(Pair("name", Value(std::string("Ink, \"blue\"\nbig"))),
                                      Pair("sku", Value(std::string("P-1"))), Pair("note", Value(Null{}))));
  EXPECT_THAT(records[1], ElementsAre(Pair("name", Value(std::string("Pen"))), Pair("sku", Value(std::string("P-2"))),
                                      Pair("note", Value(std::string()))));
}

TEST(ParseCsv, may_have_no_rows) {
  EXPECT_TRUE(parse_csv("", "p.csv").empty());
  EXPECT_TRUE(parse_csv("a,b\n", "p.csv").empty());
}

TEST(ParseCsv, refuses_with_the_line) {
  EXPECT_EQ(refused("a,b\n1,2\n1\n"),
            "DBCTL-SED-004 the data file is not valid CSV\nat data/p.csv:4\n"
            "because row 2 has 1 field, the first line names 2\n"
            "-> put fields with commas, quotes or line ends in quotes, and double the quotes inside");
  EXPECT_THAT(refused("a,a\n"), HasSubstr("the field \"a\" stands twice"));
  EXPECT_THAT(refused("a,\n"), HasSubstr("the first line must name every field"));
  EXPECT_THAT(refused("a\n\"x"), HasSubstr("a quoted field is not closed"));
  EXPECT_THAT(refused("a\n\"x\"y\n"), HasSubstr("a quoted field is followed by more text"));
  EXPECT_THAT(refused("a\nx\"y\n"), HasSubstr("a quote stands inside of a field that is not quoted"));
}

}  // namespace
}  // namespace dbctl::seed
