#include "dbctl/sql/classify.hpp"

#include <array>

#include <gtest/gtest.h>

#include "unit/sql/class_text.hpp"
#include "unit/sql/rules.hpp"

namespace dbctl::sql {
namespace {

using namespace test;
using enum InTransaction;

std::string classed(std::string_view sql, const LexicalRules& rules = standard, bool transactional = true) {
  return text_of(classify(sql, rules, standard_classes(transactional)));
}

/// What the pattern captures of the statement; "nothing" when it does not match.
std::string captured(std::string_view pattern, std::string_view sql, const LexicalRules& rules = standard) {
  const std::array<ClassRule, 1> rule{{{pattern, joins, Effect::query}}};
  const auto found = classify(sql, rules, rule);
  return found.effect == Effect::unknown ? "nothing" : text_of(found);
}

TEST(Classify, knows_standard_sql) {
  EXPECT_EQ(classed("-- why\ncreate table a (b int)"), "joins, definition, table a");
  EXPECT_EQ(classed("create table a (b int)", standard, false), "commits, definition, table a");
  EXPECT_EQ(classed("CREATE UNIQUE INDEX i ON s.t (a)"), "joins, definition, index i on s.t");
  EXPECT_EQ(classed("drop view if exists v"), "joins, repeatable, view v");
  EXPECT_EQ(classed("drop table a, \"B c\".d cascade"), "joins, several, table a, B c.d");
  EXPECT_EQ(classed("alter table a rename to b"), "joins, identity, table a, b");
  EXPECT_EQ(classed("alter table a add b int"), "joins, definition, table a");
  EXPECT_EQ(classed("commit"), "controls, control");
  EXPECT_EQ(classed("insert into t values (1)", standard, false), "joins, data");
  EXPECT_EQ(classed("set x = (select 1)"), "joins, session, reads data");
  EXPECT_EQ(classed("set x = 1"), "joins, session");
  EXPECT_EQ(classed("call p()"), "unknown, unknown");
  EXPECT_EQ(classed(""), "unknown, unknown");
  EXPECT_EQ(classed("'create' table a"), "unknown, unknown");
  EXPECT_EQ(classed("create table"), "unknown, unknown");
  EXPECT_EQ(classed("/*!50100 CREATE TABLE a (b int) */", backslashes), "joins, definition, table a");
}

TEST(Classify, reads_patterns) {
  EXPECT_EQ(captured("A B|C [D E] F", "a c f"), "joins, query");
  EXPECT_EQ(captured("A B|C [D E] F", "a b d e f g"), "joins, query");
  EXPECT_EQ(captured("A B|C [D E] F", "a b d f"), "nothing");
  EXPECT_EQ(captured("A END", "a"), "joins, query");
  EXPECT_EQ(captured("A END", "a b"), "nothing");
  EXPECT_EQ(captured("A ... B name", "a (b c) d b e"), "joins, query,  e");
  EXPECT_EQ(captured("A *** B name", "a (b c) d b e"), "joins, query,  c");
  EXPECT_EQ(captured("A ... END", "a b (c"), "joins, query");
  EXPECT_EQ(captured("A ... B ... C name", "a b x b (c) y c d"), "joins, query,  d");
  EXPECT_EQ(captured("A ... B ... C name", "a (b c) b d (c) e"), "nothing");
  EXPECT_EQ(captured("A ... B name ... C", "a b 1 b d e c"), "joins, query,  d");
  EXPECT_EQ(captured("A name END", "a b.c.d.e"), "joins, query,  d.e");
  EXPECT_EQ(captured("A name END", "a b.c.d.e.f"), "nothing");
  EXPECT_EQ(captured("A kind:B|C name", "a c d.e.f"), "joins, query, c e.f");
  EXPECT_EQ(captured("A to:B|C name", "a (b) x = y c d"), "joins, query, c d");
  EXPECT_EQ(captured("A to:B|C D name", "a b x c d e"), "nothing");
  EXPECT_EQ(captured("A names", "a b, \"c\"\"d\" e"), "joins, query,  b, c\"d");
  EXPECT_EQ(captured("A renames", "a b to c, d.e to f"), "joins, query,  b, c, d.e, f");
  EXPECT_EQ(captured("A renames", "a b to c, d e"), "nothing");
  EXPECT_EQ(captured("A @ any = , (", "a @ 'x' = , ("), "joins, query");
  EXPECT_EQ(captured("A", "\"a\""), "nothing");
}

TEST(Classify, gives_names_as_the_database_stores_them) {
  EXPECT_EQ(captured("A names", "a Bc, \"Bc\"", dollars), "joins, query,  bc, Bc");
  EXPECT_EQ(captured("A names", "a Bc, `B``c`", backslashes), "joins, query,  Bc, B`c");
  EXPECT_EQ(captured("A names", "a [B c], `d`, \"e\"", brackets), "joins, query,  B c, d, e");
}

}  // namespace
}  // namespace dbctl::sql
