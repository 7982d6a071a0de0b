#include "dbctl/sql/lexical.hpp"

#include <random>

#include <gtest/gtest.h>

namespace dbctl::sql {
namespace {

using Words = std::vector<std::string>;

const LexicalRules standard{};
const LexicalRules backslashes{.backslash_escapes = true,
                               .hash_comments = true,
                               .backtick = true,
                               .double_quoted_strings = true,
                               .dashes_need_blank = true,
                               .executable_comments = true};
const LexicalRules dollars{.dollar_quotes = true, .nested_comments = true, .escape_strings = true};
const LexicalRules brackets{.backtick = true, .bracket = true};

TEST(LeadingWords, skips_comments_and_stops_at_what_is_no_word) {
  EXPECT_EQ(leading_words(" -- a\n/* b */ create\n table x (y int)", standard), (Words{"CREATE", "TABLE", "X"}));
  EXPECT_EQ(leading_words("alter table only x add y int", standard), (Words{"ALTER", "TABLE", "ONLY", "X"}));
  EXPECT_EQ(leading_words("drop table \"x\"", standard), (Words{"DROP", "TABLE"}));
  EXPECT_EQ(leading_words("a b c", standard, 1), (Words{"A"}));
  EXPECT_EQ(leading_words("(select 1)", standard), Words{});
  EXPECT_EQ(leading_words("", standard), Words{});
}

TEST(CountStatements, ignores_semicolons_that_end_nothing) {
  EXPECT_EQ(count_statements("select ';'", standard), 1U);
  EXPECT_EQ(count_statements("select 'it''s;' ; select \"a;b\"", standard), 2U);
  EXPECT_EQ(count_statements("select 1 -- ;\n + 2 /* ; */", standard), 1U);
  EXPECT_EQ(count_statements(";; select 1 ;;", standard), 1U);
  EXPECT_EQ(count_statements(" -- nothing\n ; /* at all */", standard), 0U);
  EXPECT_EQ(count_statements("", standard), 0U);
}

TEST(CountStatements, honours_the_rules_of_the_database) {
  EXPECT_EQ(count_statements(R"(select 'a\'; b')", backslashes), 1U);
  EXPECT_EQ(count_statements(R"(select 'a\'; b)", standard), 2U);
  EXPECT_EQ(count_statements(R"(select "a\"; b")", backslashes), 1U);
  EXPECT_EQ(count_statements("select `a;b` # ;\n", backslashes), 1U);
  EXPECT_EQ(count_statements("select `a;b`", standard), 2U);
  EXPECT_EQ(count_statements("select [a;b]", brackets), 1U);
  EXPECT_EQ(count_statements("select [a;b]", standard), 2U);
  EXPECT_EQ(count_statements("select 5--1; select 2", backslashes), 2U);
  EXPECT_EQ(count_statements("select 5--1; select 2", standard), 1U);
  EXPECT_EQ(count_statements("/*!50100 select 1; */ select 2", backslashes), 2U);
  EXPECT_EQ(count_statements("/*M!100100 select 1 */", backslashes), 1U);
  EXPECT_EQ(count_statements("/*!50100 select 1 */", standard), 0U);
}

TEST(CountStatements, knows_dollar_quotes_and_nested_comments) {
  EXPECT_EQ(count_statements("do $$ begin; end $$", dollars), 1U);
  EXPECT_EQ(count_statements("do $a$ ; $$ ; $a$; select 1", dollars), 2U);
  EXPECT_EQ(count_statements("do $$ ; $$", standard), 2U);
  EXPECT_EQ(count_statements("select $1; select a$b$c", dollars), 2U);
  EXPECT_EQ(count_statements("/* a /* ; */ ; */ select 1", dollars), 1U);
  EXPECT_EQ(count_statements("/* a /* ; */ select 1", standard), 1U);
  EXPECT_EQ(count_statements(R"(select E'a\'; b')", dollars), 1U);
  EXPECT_EQ(count_statements(R"(select 'a\'; b)", dollars), 2U);
}

TEST(CountStatements, takes_a_stored_program_as_one) {
  EXPECT_EQ(
      count_statements("create trigger t after insert on a begin update b set c = 1; delete from d; end", standard),
      1U);
  EXPECT_EQ(count_statements("CREATE OR REPLACE PROCEDURE p() BEGIN IF a THEN SELECT 1; END IF; WHILE b DO SELECT 2; "
                             "END WHILE; BEGIN SELECT CASE x WHEN 1 THEN 2 END; END; END; SELECT 3;",
                             standard),
            2U);
  EXPECT_EQ(count_statements("CREATE PROCEDURE p() BEGIN CASE x WHEN 1 THEN SELECT 1; ELSE SELECT 2; END CASE; END; "
                             "SELECT 3",
                             standard),
            2U);
  EXPECT_EQ(count_statements("begin; select 1; end", standard), 3U);
  EXPECT_EQ(count_statements("create function f() return case when a then 1 end; select 1", standard), 2U);
}

TEST(WithoutTerminator, drops_only_what_follows_the_last_statement) {
  EXPECT_EQ(without_terminator("/* why */ select ';' ; -- done\n ;", standard), "/* why */ select ';'");
  EXPECT_EQ(without_terminator("select 1", standard), "select 1");
  EXPECT_EQ(without_terminator("-- nothing\n;", standard), "");
  EXPECT_EQ(without_terminator("create trigger t begin select 1; end; ", standard),
            "create trigger t begin select 1; end");
}

TEST(Normalise, keeps_what_has_a_meaning) {
  EXPECT_EQ(normalise("SELECT  a,b/* x */FROM T -- y\n where C>='It''s'", standard),
            "select a , b from t where c > = 'It''s'");
  EXPECT_EQ(normalise("Select \"A\"", standard), "select \"A\"");
  EXPECT_EQ(normalise("select X'0A', N'ä'", standard), "select X'0A' , N'ä'");
  EXPECT_EQ(normalise("do $X$ A $X$", dollars), "do $X$ A $X$");
  EXPECT_NE(normalise("select 'A'", standard), normalise("select 'a'", standard));
}

// Whatever the text, the lexer ends, stays inside it, and agrees with itself.
TEST(Lexer, survives_any_text) {
  const std::string_view letters = "abE'\"`$[]/*-#;!\\ \n01(\xc3";
  std::mt19937 random(20240115);
  std::uniform_int_distribution<std::size_t> letter(0, letters.size() - 1), length(0, 24);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    for (auto n = length(random); n > 0; --n) text += letters[letter(random)];
    for (const auto* rules : {&standard, &backslashes, &dollars, &brackets}) {
      const auto normal = normalise(text, *rules);
      EXPECT_EQ(normalise(normal, *rules), normal) << text;
      EXPECT_EQ(normal.empty(), count_statements(text, *rules) == 0 && normal.find(';') == std::string::npos) << text;
      const auto kept = without_terminator(text, *rules);
      EXPECT_TRUE(text.starts_with(kept)) << text;
      // Where -- needs a blank behind it, cutting off a comment can make one: "--#x" is two signs and a comment.
      if (!rules->dashes_need_blank) {
        EXPECT_EQ(count_statements(kept, *rules), count_statements(text, *rules)) << text;
      }
    }
  }
}

}  // namespace
}  // namespace dbctl::sql
