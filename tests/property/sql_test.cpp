// What holds for any text that is read as SQL, under the rules of unlike databases.
#include <array>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "dbctl/base/text.hpp"
#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/split.hpp"
#include "fuzz/sql_properties.hpp"
#include "unit/sql/rules.hpp"

namespace dbctl::sql {
namespace {

using namespace test;
using Texts = std::vector<std::string>;

const std::array<const LexicalRules*, 4> all_rules{&standard, &backslashes, &dollars, &brackets};

/// Pieces of SQL that mean something to the lexer, and some that do not.
const Texts fragments{"select",
                      "CREATE",
                      "procedure",
                      "p()",
                      "TRIGGER",
                      "function",
                      "begin",
                      "atomic",
                      "end",
                      "if",
                      "then",
                      "case",
                      "loop",
                      "for each row",
                      "DELIMITER",
                      "//",
                      "\n",
                      " ",
                      ";",
                      ";",
                      "\r\n",
                      "'",
                      "''",
                      "'a;b'",
                      "\"",
                      "\"x\"",
                      "`",
                      "`y`",
                      "[",
                      "]",
                      "$$",
                      "$a$",
                      "$1",
                      "?",
                      "\\",
                      "\\i",
                      "\\N",
                      "\\.",
                      "\n\\.\n",
                      "--",
                      "-- c\n",
                      "#",
                      "/*",
                      "*/",
                      "/*!",
                      "/*!50100 ",
                      "/*+",
                      "(",
                      ")",
                      ",",
                      ".",
                      "1.5e-3",
                      "0x",
                      "E'",
                      "U&'",
                      "copy t from stdin",
                      "set sql_mode = 'no_backslash_escapes'",
                      "set standard_conforming_strings = off",
                      "source",
                      "+",
                      "@-",
                      "\xC3\xA4",
                      "\xFF",
                      "\xEF\xBB\xBF",
                      std::string(1, '\0'),
                      "a",
                      "until",
                      "do",
                      "while",
                      "declare",
                      "handler"};

/// Those that leave nothing open.
const Texts closed_fragments{";",      ";",      ";\n",      "select",       "a.end",  "'a;b'",  "''",
                             "\"x;\"", "-- ;\n", "/* ; */",  "create table", "(1, 2)", "1.5e-3", "begin",
                             "end",    "commit", "case",     "then",         "insert", "\r\n",   "\xC3\xA4",
                             "+",      "=-1",    "if (a)",   "\n",           "into t", "values", "as begin end",
                             "x",      "5--1",   "\xFF\xFE", "as end"};

std::string any_script() {
  const auto parts =
      *rc::gen::resize(40, rc::gen::container<Texts>(rc::gen::weightedOneOf<std::string>(
                               {{12, rc::gen::elementOf(closed_fragments)}, {1, rc::gen::elementOf(fragments)}})));
  return text::join(parts, *rc::gen::element<std::string>("", " "));
}

std::string any_text() {
  return *rc::gen::oneOf(rc::gen::arbitrary<std::string>(), rc::gen::exec([] { return any_script(); }));
}

const LexicalRules& any_rules() {
  return **rc::gen::elementOf(all_rules);
}

TEST(Split, ofAnyTextKeepsItsPromises) {
  int several = 0;
  EXPECT_TRUE(rc::check("what the fuzzers check", [&] {
    const auto text = any_text();
    for (const bool transactional : {false, true})
      several += fuzz::check_sql(text, any_rules(), standard_classes(transactional)) > 1;
  }));
  EXPECT_GE(several, 5);
}

/// Tokens of one statement, each whole whatever stands beside it.
const Texts whole_tokens{"SELECT",  "From", "t", "Name", "1", "2.5", "'a'",   "'A '",
                         "'it''s'", "(",    ")", ",",    "+", "<=",  "\"Q\"", "x"};

std::string any_blank(const LexicalRules& rules) {
  static const Texts blanks{" ", "\n", "\t", "\r\n", " /* c; ' */ ", " -- it's\n", "  "};
  const auto blank = *rc::gen::elementOf(blanks);
  return rules.hash_comments && blank == "  " ? " # \"\n" : blank;
}

std::string any_case(const std::string& token) {
  if (token.front() == '\'' || token.front() == '"') return token;
  return *rc::gen::element(token, text::upper(token), text::lower(token));
}

TEST(TokenHash, isTheSameHoweverSqlIsLaidOut) {
  EXPECT_TRUE(rc::check("white space, comments and case do not count", [] {
    const auto& rules = *rc::gen::element(&standard, &dollars, &brackets);
    const auto tokens = *rc::gen::container<Texts>(rc::gen::elementOf(whole_tokens));
    std::string laid_out = any_blank(*rules);
    for (const auto& token : tokens) laid_out += any_case(token) + any_blank(*rules);
    RC_ASSERT(token_hash(laid_out, *rules) == token_hash(text::join(tokens, " "), *rules));
  }));
  EXPECT_TRUE(rc::check("where names differ in case, only the case of keywords does not count", [] {
    const auto tokens = *rc::gen::container<Texts>(rc::gen::elementOf(whole_tokens));
    std::string laid_out = any_blank(backslashes);
    for (const auto& token : tokens) {
      const bool keyword = token == "SELECT" || token == "From";
      laid_out += (keyword ? any_case(token) : token) + any_blank(backslashes);
    }
    RC_ASSERT(token_hash(laid_out, backslashes) == token_hash(text::join(tokens, " "), backslashes));
  }));
}

TEST(TokenHash, changesWithAnyToken) {
  EXPECT_TRUE(rc::check("another token is another hash", [] {
    const auto& rules = any_rules();
    auto tokens = *rc::gen::nonEmpty(rc::gen::container<Texts>(rc::gen::elementOf(whole_tokens)));
    const auto before = token_hash(text::join(tokens, " "), rules);
    const auto place = *rc::gen::inRange<std::size_t>(0, tokens.size());
    const auto other =
        *rc::gen::suchThat(rc::gen::elementOf(whole_tokens), [&](const std::string& t) { return t != tokens[place]; });
    tokens[place] = other;
    RC_ASSERT(token_hash(text::join(tokens, " "), rules) != before);
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(place));
    RC_ASSERT(token_hash(text::join(tokens, " "), rules) != before);
  }));
}

}  // namespace
}  // namespace dbctl::sql
