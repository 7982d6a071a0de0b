#include "dbctl/sql/lexer.hpp"

#include <random>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "unit/sql/rules.hpp"

namespace dbctl::sql {
namespace {

using namespace test;
using Kind = Token::Kind;
using Texts = std::vector<std::string>;

std::string_view name_of(Kind kind) {
  static constexpr std::string_view names[] = {"space",  "comment",   "hint",   "word",      "quoted",    "string",
                                               "number", "parameter", "symbol", "delimiter", "code_open", "code_close"};
  return names[static_cast<std::size_t>(kind)];
}

/// "word a", without white space; "… open" for what is never closed.
Texts tokens(std::string_view text, const LexicalRules& rules) {
  Texts found;
  Lexer lexer(text, rules);
  while (const auto token = lexer.next())
    if (token->kind != Kind::space)
      found.push_back(fmt::format("{} {}{}", name_of(token->kind), token->text, token->closed ? "" : " … open"));
  return found;
}

TEST(Lexer, reads_standard_sql) {
  EXPECT_EQ(tokens("SELECT a_1,\"B\"\"c\" FROM t WHERE x<=1.5e-3 AND y='it''s'; -- end", standard),
            (Texts{"word SELECT", "word a_1", "symbol ,", "quoted \"B\"\"c\"", "word FROM", "word t", "word WHERE",
                   "word x", "symbol <=", "number 1.5e-3", "word AND", "word y", "symbol =", "string 'it''s'",
                   "delimiter ;", "comment -- end"}));
  EXPECT_EQ(tokens("a/* x */b--\nc", standard), (Texts{"word a", "comment /* x */", "word b", "comment --", "word c"}));
  EXPECT_EQ(tokens("N'x' X'0A' b'1' E'x'", standard),
            (Texts{"string N'x'", "string X'0A'", "string b'1'", "string E'x'"}));
  EXPECT_EQ(tokens("?, ?", standard), (Texts{"parameter ?", "symbol ,", "parameter ?"}));
}

TEST(Lexer, tells_numbers_from_names) {
  EXPECT_EQ(tokens("1 .5 1. 0xFF 1e5 1E+5 1e 2fa t.1 1..2 1_000", standard),
            (Texts{"number 1", "number .5", "number 1.", "number 0xFF", "number 1e5", "number 1E+5", "word 1e",
                   "word 2fa", "word t", "symbol .", "number 1", "number 1", "symbol ..", "number 2", "number 1_000"}));
}

TEST(Lexer, knows_backslashes_and_dashes) {
  EXPECT_EQ(tokens(R"('a\'b' "c\"d" `e\`)", backslashes),
            (Texts{R"(string 'a\'b')", R"(string "c\"d")", R"(quoted `e\`)"}));
  EXPECT_EQ(tokens(R"('a\' 'b')", standard), (Texts{R"(string 'a\')", "string 'b'"}));
  EXPECT_EQ(tokens("5--1 # x\n-- y\n--\t", backslashes),
            (Texts{"number 5", "symbol -", "symbol -", "number 1", "comment # x", "comment -- y", "comment --\t"}));
  EXPECT_EQ(tokens("/*!50100 a */ /*+ b */ */", backslashes),
            (Texts{"code_open /*!50100", "word a", "code_close */", "hint /*+ b */", "symbol *", "symbol /"}));
  EXPECT_EQ(tokens("/*! a /* b */ c */ d", backslashes),
            (Texts{"code_open /*!", "word a", "comment /* b */", "word c", "code_close */", "word d"}));
}

TEST(Lexer, knows_dollars_and_operators) {
  EXPECT_EQ(tokens("$$a;$$ $x$ $$ ; $x$ $1 a$b$c", dollars),
            (Texts{"string $$a;$$", "string $x$ $$ ; $x$", "parameter $1", "word a$b$c"}));
  EXPECT_EQ(tokens("a@>b a=-1 a@-b x::int /* /* */ ; */ ?|", dollars),
            (Texts{"word a", "symbol @>", "word b", "word a", "symbol =", "symbol -", "number 1", "word a", "symbol @-",
                   "word b", "word x", "symbol ::", "word int", "comment /* /* */ ; */", "symbol ?|"}));
  EXPECT_EQ(tokens("a+--b\r+/*c*/1", dollars),
            (Texts{"word a", "symbol +", "comment --b", "symbol +", "comment /*c*/", "number 1"}));
  EXPECT_EQ(tokens(R"(E'a\'b' U&'\0041' U&"x" u & 'y')", dollars),
            (Texts{R"(string E'a\'b')", R"(string U&'\0041')", "quoted U&\"x\"", "word u", "symbol &", "string 'y'"}));
}

TEST(Lexer, continues_an_escape_string_on_the_next_line) {
  EXPECT_EQ(tokens("E'a'\n'b\\'c'", dollars), (Texts{"string E'a'", "string 'b\\'c'"}));
  EXPECT_EQ(tokens("E'a' -- x\n 'b' \n'c\\'d'", dollars),
            (Texts{"string E'a'", "comment -- x", "string 'b'", "string 'c\\'d'"}));
  EXPECT_EQ(tokens("E'a',\n'b\\' 'c'", dollars), (Texts{"string E'a'", "symbol ,", "string 'b\\'", "string 'c'"}));
}

TEST(Lexer, says_what_is_never_closed) {
  EXPECT_EQ(tokens("'a", standard), (Texts{"string 'a … open"}));
  EXPECT_EQ(tokens("'a''", standard), (Texts{"string 'a'' … open"}));
  EXPECT_EQ(tokens("\"a", standard), (Texts{"quoted \"a … open"}));
  EXPECT_EQ(tokens("/* a", standard), (Texts{"comment /* a … open"}));
  EXPECT_EQ(tokens("/*/", standard), (Texts{"comment /*/ … open"}));
  EXPECT_EQ(tokens("/* /* */", dollars), (Texts{"comment /* /* */ … open"}));
  EXPECT_EQ(tokens("$a$ b", dollars), (Texts{"string $a$ b … open"}));
  EXPECT_EQ(tokens("'a\\", backslashes), (Texts{"string 'a\\ … open"}));
  EXPECT_EQ(tokens("[a", brackets), (Texts{"quoted [a … open"}));
}

TEST(Lexer, finds_any_delimiter) {
  const auto with = [](std::string_view text, std::string_view delimiter) {
    Texts found;
    Lexer lexer(text, backslashes);
    lexer.set_delimiter(delimiter);
    while (const auto token = lexer.next())
      if (token->kind != Kind::space) found.push_back(fmt::format("{} {}", name_of(token->kind), token->text));
    return found;
  };
  EXPECT_EQ(with("a; END$$ 'x$$'$$", "$$"),
            (Texts{"word a", "symbol ;", "word END", "delimiter $$", "string 'x$$'", "delimiter $$"}));
  EXPECT_EQ(with("a*//b ;; // ;", "//"), (Texts{"word a", "symbol *", "delimiter //", "word b", "symbol ;", "symbol ;",
                                                "delimiter //", "symbol ;"}));
  EXPECT_EQ(with("goods go go$ ago go", "go"),
            (Texts{"word goods", "delimiter go", "delimiter go", "word $", "word ago", "delimiter go"}));
  EXPECT_EQ(with("a # b", "#"), (Texts{"word a", "delimiter #", "word b"}));
  EXPECT_EQ(with("a;;b", ";;"), (Texts{"word a", "delimiter ;;", "word b"}));
}

TEST(Lexer, counts_lines_and_characters) {
  Lexer lexer("\xEF\xBB\xBFs\xC3\xA4\xE2\x82\xAC x\r\n  'a\nb' y", standard);
  lexer.skip_byte_order_mark();
  std::vector<std::string> places;
  while (const auto token = lexer.next())
    if (token->significant())
      places.push_back(fmt::format("{}:{} @{}", token->place.line, token->place.column, token->offset));
  EXPECT_EQ(places, (std::vector<std::string>{"1:1 @3", "1:5 @10", "2:3 @15", "3:4 @21"}));
  Lexer later("a\nb", standard, {.line = 7, .column = 5});
  EXPECT_EQ(later.next()->place, (Place{7, 5}));
  later.next();
  EXPECT_EQ(later.next()->place, (Place{8, 1}));
}

TEST(Lexer, a_byte_order_mark_that_is_no_files_is_a_word) {
  const std::string mark = "\xEF\xBB\xBF";
  EXPECT_EQ(tokens(mark + " a", standard), (Texts{"word " + mark, "word a"}));
  const std::string text = "a" + mark;
  Lexer inside(text, standard);
  inside.skip_byte_order_mark();
  EXPECT_EQ(inside.next()->text, text);
}

TEST(Token, is_a_keyword_in_any_case) {
  Lexer lexer("CreaTe \"create\"", standard);
  const auto word = *lexer.next();
  EXPECT_TRUE(word.is("CREATE"));
  EXPECT_FALSE(word.is("CREATES"));
  EXPECT_FALSE(word.is("CREAT"));
  lexer.next();
  EXPECT_FALSE(lexer.next()->is("CREATE"));
}

}  // namespace
}  // namespace dbctl::sql
