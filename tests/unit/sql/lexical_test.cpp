#include "dbctl/sql/lexical.hpp"

#include <random>

#include <gtest/gtest.h>

#include "unit/sql/rules.hpp"

namespace dbctl::sql {
namespace {

using Words = std::vector<std::string>;

using namespace test;

TEST(LeadingWords, skips_comments_and_stops_at_what_is_no_word) {
  EXPECT_EQ(leading_words(" -- a\n/* b */ create\n table x (y int)", standard), (Words{"CREATE", "TABLE", "X"}));
  EXPECT_EQ(leading_words("alter table only x add y int", standard), (Words{"ALTER", "TABLE", "ONLY", "X"}));
  EXPECT_EQ(leading_words("drop table \"x\"", standard), (Words{"DROP", "TABLE"}));
  EXPECT_EQ(leading_words("a b c", standard, 1), (Words{"A"}));
  EXPECT_EQ(leading_words("(select 1)", standard), Words{});
  EXPECT_EQ(leading_words("", standard), Words{});
}

TEST(Normalise, keeps_what_has_a_meaning) {
  EXPECT_EQ(normalise("SELECT  a,b/* x */FROM T -- y\n where C>='It''s'", standard),
            "select a , b from t where c >= 'It''s'");
  EXPECT_EQ(normalise("Select \"A\"", standard), "select \"A\"");
  EXPECT_EQ(normalise("select X'0A', N'ä'", standard), "select X'0A' , N'ä'");
  EXPECT_EQ(normalise("do $X$ A $X$", dollars), "do $X$ A $X$");
  EXPECT_NE(normalise("select 'A'", standard), normalise("select 'a'", standard));
}

TEST(Normalise, keeps_what_makes_comments_code) {
  EXPECT_EQ(normalise("/*!50100 CREATE */ TABLE t /*+ X */", backslashes), "/*!50100 create */ table t /*+ X */");
  EXPECT_NE(normalise("/*!50100 x */", backslashes), normalise("/*!80000 x */", backslashes));
}

TEST(Normalise, is_normal_already) {
  const std::string_view letters = "abE'\"`$[]/*-#;!\\ \n01(\xc3";
  std::mt19937 random(20240115);
  std::uniform_int_distribution<std::size_t> letter(0, letters.size() - 1), length(0, 24);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto n = length(random); n > 0; --n) text += letters[letter(random)];
    for (const auto* rules : {&standard, &backslashes, &dollars, &brackets}) {
      const auto normal = normalise(text, *rules);
      EXPECT_EQ(normalise(normal, *rules), normal) << text;
    }
  }
}

}  // namespace
}  // namespace dbctl::sql
