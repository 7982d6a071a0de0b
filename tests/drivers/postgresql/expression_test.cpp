#include "plugins/drivers/postgresql/expression.hpp"

#include <gtest/gtest.h>

namespace dbctl::postgresql {
namespace {

using schema::TypeKind;

TEST(Expression, the_servers_spelling_and_the_authors_are_one) {
  const std::pair<const char*, const char*> spellings[] = {
      {"price >= 0", "(price >= (0)::numeric)"},
      {"price >= -1", "(price >= ('-1'::integer)::numeric)"},
      {"status IN ('a', 'b')",
       "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"},
      {"status IN ('a')", "((status)::text = 'a'::text)"},
      {"status NOT IN ('a', 'b')", "(status <> ALL (ARRAY['a'::text, 'b'::text]))"},
      {"stock BETWEEN 1 AND 5", "((stock >= 1) AND (stock <= 5))"},
      {"stock NOT BETWEEN 1 AND 5 AND ok", "(((stock < 1) OR (stock > 5)) AND ok)"},
      {"name LIKE 'a%'", "((name)::text ~~ 'a%'::text)"},
      {"name NOT ILIKE 'a%'", "((name)::text !~~* 'a%'::text)"},
      {"length(name) > 3", "(length((name)::text) > 3)"},
      {"a AND b AND c", "(a AND b AND c)"},
      {"a AND (b AND c)", "(a AND b AND c)"},
      {"a OR b AND NOT c", "(a OR (b AND (NOT c)))"},
      {"(a OR b) AND c", "((a OR b) AND c)"},
      {"a - (b - c) > 0", "((a - (b - c)) > 0)"},
      {"a - b - c > 0", "(((a - b) - c) > 0)"},
      {"a * (b + c) != 1", "((a * (b + c)) <> 1)"},
      {"a IS NOT NULL", "(a IS NOT NULL)"},
      {"a IS NOT DISTINCT FROM b", "(NOT (a IS DISTINCT FROM b))"},
      {"CASE WHEN a > 1 THEN 'x' ELSE 'y' END = 'x'",
       "(CASE WHEN (a > 1) THEN 'x'::text ELSE 'y'::text END = 'x'::text)"},
      {"\"order\" > 0", "(\"order\" > 0)"},
      {"\"price\" > 0", "(price > 0)"},
      {"\"Price\" > 0", "(\"Price\" > 0)"},
      {"trim(name) <> ''", "(TRIM(BOTH FROM name) <> ''::text)"},
      {"made > date '2024-01-15'", "(made > '2024-01-15'::date)"},
      {"made > now() - interval '1 day'", "(made > (now() - '1 day'::interval))"},
      {"made AT TIME ZONE 'UTC' > other", "((made AT TIME ZONE 'UTC'::text) > other)"},
      {"data ->> 'a' = 'b'", "((data ->> 'a'::text) = 'b'::text)"},
      {"cast(a as integer) = 1", "((a)::integer = 1)"},
      {"(data->>'n')::int > 1", "(((data ->> 'n'::text))::integer > 1)"},
      {"name::varchar(3) = 'a'", "(((name)::character varying(3))::text = 'a'::text)"},
      {"(made at time zone 'utc')::date", "(((made AT TIME ZONE 'utc'::text))::date)"},
      {"day::timestamptz(3) > now()", "((day)::timestamp(3) with time zone > now())"},
      {"n * price > 1.5", "(((n)::numeric * price) > 1.5)"},
      {"-n::int = -1", "((- (n)::integer) = '-1'::integer)"},
      {"name = 'it''s'", "((name)::text = 'it''s'::text)"},
      {"name = 'Größe'", "((name)::text = 'Größe'::text)"},
  };
  for (const auto& [author, server] : spellings)
    EXPECT_EQ(canonical_expression(author), canonical_expression(server)) << author;
}

TEST(Expression, canonical_text_reads_as_people_write) {
  EXPECT_EQ(canonical_expression("(price >= (0)::numeric)"), "price >= 0");
  EXPECT_EQ(canonical_expression("((a = 'X'::text) OR (b > 1))"), "a = 'X' or b > 1");
  EXPECT_EQ(canonical_expression("((a OR b) AND (NOT c))"), "(a or b) and not c");
  EXPECT_EQ(canonical_expression("(a <> ALL (ARRAY[1, 2]))"), "a not in (1, 2)");
  EXPECT_EQ(canonical_expression("(- a)"), "-a");
}

TEST(Expression, what_differs_stays_different) {
  EXPECT_NE(canonical_expression("a - (b - c)"), canonical_expression("a - b - c"));
  EXPECT_NE(canonical_expression("a AND b OR c"), canonical_expression("a AND (b OR c)"));
  EXPECT_NE(canonical_expression("NOT (a AND b)"), canonical_expression("NOT a AND b"));
  EXPECT_NE(canonical_expression("a = 'x'"), canonical_expression("a = 'X'"));
  EXPECT_NE(canonical_expression("\"A\" = 1"), canonical_expression("a = 1"));
  EXPECT_NE(canonical_expression("(d->>'n')::int"), canonical_expression("d->>'n'"));
  EXPECT_NE(canonical_expression("name::varchar(3)"), canonical_expression("name"));
  EXPECT_NE(canonical_expression("t::timestamptz"), canonical_expression("t::timestamp"));
}

TEST(Expression, what_is_not_understood_keeps_its_tokens) {
  EXPECT_EQ(canonical_expression("EXISTS (SELECT  1)"), "exists ( select 1 )");
  EXPECT_EQ(canonical_expression(" a -- comment"), "a -- comment");
  EXPECT_EQ(canonical_expression("a = 'unclosed"), "a = 'unclosed");
  EXPECT_EQ(canonical_expression("((a)"), "( ( a )");
  EXPECT_EQ(canonical_expression(""), "");
}

TEST(Expression, defaults_become_values_of_their_type) {
  using schema::Default;
  const auto value = [](const char* text, schema::Type type) {
    const auto found = read_default(text, type);
    EXPECT_EQ(found.kind, Default::Kind::value) << text;
    return found.value;
  };
  EXPECT_EQ(value("0", {TypeKind::integer}), Value(std::int64_t{0}));
  EXPECT_EQ(value("'-3'::integer", {TypeKind::smallint}), Value(std::int64_t{-3}));
  EXPECT_EQ(value("1.5", {TypeKind::decimal, 6, 2}), Value(Decimal{"1.50"}));
  EXPECT_EQ(value("true", {TypeKind::boolean}), Value(true));
  EXPECT_EQ(value("'it''s'::character varying", {TypeKind::string, 9}), Value(std::string("it's")));
  EXPECT_EQ(value("ARRAY['a'::text, 'b,c'::text]", {TypeKind::text_array}), Value(TextArray{{"a", "b,c"}}));
  EXPECT_EQ(value("'{}'::text[]", {TypeKind::text_array}), Value(TextArray{}));
  EXPECT_EQ(value("'\\x00ff'::bytea", {TypeKind::binary}), Value(Bytes{std::string("\0\xff", 2)}));
  EXPECT_EQ(value("'2024-01-15 10:00:00+01'::timestamp with time zone", {TypeKind::timestamp}),
            Value(Timestamp{"2024-01-15 09:00:00.000000"}));
  EXPECT_EQ(read_default("CURRENT_TIMESTAMP", {TypeKind::timestamp}).kind, Default::Kind::now);
  EXPECT_EQ(read_default("now()", {TypeKind::timestamp}).kind, Default::Kind::now);
  EXPECT_EQ(read_default("CURRENT_DATE", {TypeKind::date}).kind, Default::Kind::now);
  EXPECT_EQ(read_default("NULL::integer", {TypeKind::integer}), Default{});
  EXPECT_EQ(read_default("(1 + 2)", {TypeKind::integer}).expression, "1 + 2");
  EXPECT_EQ(read_default("gen_random_uuid()", {TypeKind::uuid}).expression, "gen_random_uuid()");
}

TEST(Expression, enumerations_are_seen_through_their_check) {
  const std::vector<std::string> two{"a", "it's"};
  EXPECT_EQ(enumeration_values("(size = ANY (ARRAY['a'::text, 'it''s'::text]))", "size"), two);
  EXPECT_EQ(enumeration_values("(\"order\" = 'a'::text)", "order"), std::vector<std::string>{"a"});
  EXPECT_EQ(enumeration_values("(size = ANY (ARRAY['a'::text]))", "kind"), std::nullopt);
  EXPECT_EQ(enumeration_values("((size = 'a'::text) OR ok)", "size"), std::nullopt);
  EXPECT_EQ(enumeration_values("(size > 3)", "size"), std::nullopt);
}

TEST(Expression, full_text_indexes_name_their_columns) {
  EXPECT_EQ(
      fulltext_columns("to_tsvector('simple'::regconfig, (((COALESCE(name, ''::character varying))::text || ' '::text) "
                       "|| COALESCE(description, ''::text)))"),
      (std::vector<std::string>{"name", "description"}));
  EXPECT_EQ(fulltext_columns("to_tsvector('simple'::regconfig, COALESCE(\"Name\", ''::text))"),
            std::vector<std::string>{"Name"});
  for (const char* other : {"lower(coalesce(name, ''))", "to_tsvector('english'::regconfig, COALESCE(name, ''::text))",
                            "to_tsvector('simple'::regconfig, name)",
                            "to_tsvector('simple'::regconfig, (COALESCE(a, ''::text) || COALESCE(b, ''::text)))"})
    EXPECT_TRUE(fulltext_columns(other).empty()) << other;
}

}  // namespace
}  // namespace dbctl::postgresql
