#include "dbctl/base/text.hpp"

#include <gtest/gtest.h>

namespace dbctl::text {
namespace {

using List = std::vector<std::string>;

TEST(Text, changesTheCaseOfAsciiOnly) {
  EXPECT_EQ(lower("ABC-Äz"), "abc-Äz");
  EXPECT_EQ(upper("abc-äZ"), "ABC-äZ");
}

TEST(Text, trimsBothEnds) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, splitsAndJoins) {
  EXPECT_EQ(split("a,,b", ','), (List{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (List{""}));
  EXPECT_EQ(split("a,", ','), (List{"a", ""}));
  EXPECT_EQ(join({"a", "b", "c"}, ", "), "a, b, c");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, replacesWithoutReadingItsOwnReplacement) {
  EXPECT_EQ(replace_all("a'b''", "'", "''"), "a''b''''");
  EXPECT_EQ(replace_all("aaa", "a", ""), "");
  EXPECT_EQ(replace_all("aaaaa", "aa", "a"), "aaa");
  EXPECT_EQ(replace_all("", "a", "b"), "");
  EXPECT_EQ(replace_all("abc", "", "x"), "abc");
}

TEST(Text, counts) {
  EXPECT_EQ(count(0, "row"), "0 rows");
  EXPECT_EQ(count(1, "row"), "1 row");
  EXPECT_EQ(count(2, "row"), "2 rows");
  EXPECT_EQ(count(2, "index", "indexes"), "2 indexes");
}

TEST(Text, findsTheNearestWord) {
  const List tables{"categories", "products", "orders"};
  EXPECT_EQ(nearest("prodcuts", tables), "products");  // a swap of neighbours is one mistake
  EXPECT_EQ(nearest("Orders", tables), "orders");
  EXPECT_EQ(nearest("order", tables), "orders");
  EXPECT_EQ(nearest("users", tables), std::nullopt);
  EXPECT_EQ(nearest("", tables), std::nullopt);
  EXPECT_EQ(nearest("bat", {"cat", "rat"}), "cat");
}

TEST(Text, suggestsTheNearestWordElseListsTheKnownOnes) {
  EXPECT_EQ(did_you_mean("prodcuts", {"orders", "products"}), "did you mean \"products\"?");
  EXPECT_EQ(did_you_mean("xyz", {"orders", "items"}), "known: items, orders");
  EXPECT_EQ(did_you_mean("xyz", {}), "");
}

TEST(Text, listsTwelveKnownWordsAtMost) {
  List many;
  for (char c = 'a'; c <= 'o'; ++c) many.emplace_back(1, c);
  EXPECT_EQ(did_you_mean("xyzxyz", many), "known: a, b, c, d, e, f, g, h, i, j, k, l and 3 more");
}

}  // namespace
}  // namespace dbctl::text
