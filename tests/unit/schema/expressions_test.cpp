#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

/// Expressions name columns that are there. Nothing is refused that a database would take.
namespace dbctl::schema {
namespace {

using namespace testing;

Schema people() {
  Table table{.name = "people", .columns = {column("id", integer)}, .primary_key = {"id"}};
  for (const char* name : {"name", "email", "price", "stock", "starts_at", "ends_at", "data", "status", "parent_id"})
    table.columns.push_back(nullable(name, text));
  return apply({}, op(CreateTable{table}));
}

std::string checking(const std::string& expression) {
  return refused(people(), AddCheck{"people", {"ck", expression}});
}

const std::string way_out = "  next: If it is no column, or one that sql(...) adds, write this with sql(...) too.\n";

TEST(Expressions, checkOnAMissingColumn) {
  EXPECT_EQ(checking("prise >= 0"),
            "DBCTL-SCH-001: ck names people.prise, which no earlier migration adds\n"
            "  where: add_check people.ck\n"
            "  next: did you mean \"price\"?\n" +
                way_out);
  for (const char* wrong : {"price >= 0 AND stok > 0", "(prise) > 0", "lower(emal) <> ''", "`prise` > 0",
                            "people.prise > 0", "price BETWEEN 0 AND prise", "NOT prise", "status IN ('a', sttus)",
                            "CASE WHEN prise > 0 THEN 1 ELSE 0 END = 1", "CAST(prise AS integer) > 0", "prise::int > 0",
                            "price > -prise", "coalesce(price, prise) > 0", "price > 0 /* prise */ OR prise < 9"})
    EXPECT_NE(checking(wrong), "no error") << wrong;
}

TEST(Expressions, thatEveryDatabaseTakes) {
  for (const char* good : {"price >= 0",
                           "PRICE >= 0 AND Stock <= 10",
                           "price > 0 OR name = 'prise'",
                           "name <> 'it''s prise'",
                           "length(name) BETWEEN 1 AND 200",
                           "status IN ('new', 'paid')",
                           "ends_at IS NULL OR ends_at > starts_at",
                           "name LIKE 'a%' ESCAPE '!'",
                           "id <> parent_id",
                           "(price IS NULL) = (stock IS NULL)",
                           "coalesce(price, stock, 0) >= 0",
                           "people.price > 0",
                           "starts_at >= DATE '2000-01-01'",
                           "starts_at < CURRENT_TIMESTAMP",
                           "CASE WHEN status = 'paid' THEN price ELSE 0 END >= 0",
                           "CAST(price AS decimal(12, 2)) > 0",
                           "CAST(price AS double precision) > 0",
                           "price > 1e3 OR price < 1.5e-3",
                           "TRIM(BOTH ' ' FROM name) = name",
                           "SUBSTRING(name FROM 1 FOR 3) = 'abc'",
                           "TRUE",
                           "1 = 1",
                           "EXTRACT(year FROM starts_at) >= 2000",
                           "NOT (price < 0)",
                           "name IS NOT DISTINCT FROM email"})
    EXPECT_EQ(checking(good), "no error") << good;
}

TEST(Expressions, thatOneDatabaseTakes) {
  for (const char* good :
       {// arrows, casts, ranges, patterns
        "jsonb_typeof(data) = 'object'", "data->>'kind' = 'x'", "data #>> '{a,b}' IS NOT NULL", "data ? 'key'",
        "data @> '{\"a\": 1}'", "email ~* '^[a-z]+@[a-z]+\\.[a-z]+$'", "price::numeric(10, 2) > 0",
        "starts_at::timestamp with time zone IS NOT NULL", "starts_at AT TIME ZONE 'UTC' > '2000-01-01'",
        "price = ANY (ARRAY[1, 2])", "num_nonnulls(price, stock) = 1", "starts_at + interval '1 day' < ends_at",
        "name COLLATE \"C\" = name", "name COLLATE pg_catalog.\"default\" = name", "extract(isodow from starts_at) < 6",
        "status::public.order_status IS NOT NULL", "name SIMILAR TO 'a|b'",
        "tstzrange(starts_at, ends_at, '[)') && '[2000-01-01,2001-01-01)'", "price BETWEEN SYMMETRIC 1 AND 9",
        "E'it\\'s prise' <> name", "$$it's prise$$ <> name", "cast(status as order_status) is not null",
        "(data).kind = 'x'", "make_interval(days => 5) > ends_at - starts_at", "name IS NFC NORMALIZED", "tableoid > 0",
        "starts_at > current_date",
        // backticks, regexp, character sets, json
        "`price` >= 0", "name REGEXP '^[a-z]+$'", "name RLIKE 'a'", "json_valid(data)", "data->'$.a.b' = 1",
        "data->\"$.a\" = 1", "JSON_VALUE(data, '$.a' RETURNING SIGNED) > 0",
        "JSON_SCHEMA_VALID('{\"type\": \"object\"}', data)", "CONVERT(name USING utf8mb4) = name",
        "CONVERT(price, UNSIGNED) > 0", "CAST(name AS CHAR CHARACTER SET utf8mb4) = name", "_utf8mb4'prise' <> name",
        "name <> 'it\\'s prise'", "status = \"paid\"", "DATE_ADD(starts_at, INTERVAL 30 DAY) > ends_at",
        "TIMESTAMPDIFF(MONTH, starts_at, ends_at) > 0", "price DIV 2 > 0 XOR stock MOD 2 = 1", "BINARY name = 'a'",
        "name COLLATE utf8mb4_bin = name", "1 MEMBER OF (data->'$.a')", "name SOUNDS LIKE 'a'", "price > 0 # prise",
        // globs, types
        "name GLOB '[a-z]*'", "typeof(price) = 'integer'", "name NOTNULL AND email ISNULL", "name NOT NULL",
        "price IS NOT stock", "json_extract(data, '$.a') > 0", "name COLLATE NOCASE = 'a'", "rowid > 0",
        "price IN (SELECT prise FROM prices)"})
    EXPECT_EQ(checking(good), "no error") << good;
}

TEST(Expressions, ofGeneratedColumns) {
  auto full = nullable("full_name", text);
  full.generated = {.expression = "nam || email"};
  EXPECT_EQ(refused(people(), AddColumn{"people", full}),
            "DBCTL-SCH-001: people.full_name names people.nam, which no earlier migration adds\n"
            "  where: add_column people.full_name\n"
            "  next: did you mean \"name\"?\n" +
                way_out);
  auto later = nullable("a", integer);
  later.generated = {.expression = "b + 1"};
  EXPECT_EQ(refused({}, CreateTable{{.name = "t", .columns = {later, column("b", integer)}, .primary_key = {}}}),
            "no error")
      << "columns may come in any order";
}

TEST(Expressions, ofIndexes) {
  EXPECT_EQ(refused(people(), CreateIndex{"people", {.name = "idx", .parts = {{.column = "id"}}, .where = "stok > 0"}}),
            "DBCTL-SCH-001: idx names people.stok, which no earlier migration adds\n"
            "  where: create_index people.idx\n"
            "  next: did you mean \"stock\"?\n" +
                way_out);
  EXPECT_EQ(refused(people(), CreateIndex{"people", {.name = "idx", .parts = {{.expression = "lower(emial)"}}}}),
            "DBCTL-SCH-001: idx names people.emial, which no earlier migration adds\n"
            "  where: create_index people.idx\n"
            "  next: did you mean \"email\"?\n" +
                way_out);
  EXPECT_EQ(refused(people(), CreateIndex{"people",
                                          {.name = "idx",
                                           .parts = {{.expression = "cast(data->'$.a' as unsigned array)"},
                                                     {.expression = "(lower(email)) desc"}}}}),
            "no error");
}

TEST(Expressions, areNotRenamedIntoWordsOfSql) {
  const auto checked = apply(people(), op(AddCheck{"people", {"ck", "price >= 0 AND \"stock\" >= 0"}}));
  EXPECT_EQ(
      refused(checked, RenameColumn{"people", "price", "order"}),
      "DBCTL-SCH-001: people.price cannot be renamed to order: ck names it, and there order is a word of SQL\n"
      "  where: rename_column people.price to order\n"
      "  next: Choose a name that no database reserves.\n"
      "  next: Or drop what names it first, and make it again afterwards with the name in the database's quotes.\n");
  EXPECT_EQ(refused(checked, RenameColumn{"people", "price", "rank"}).substr(0, 13), "DBCTL-SCH-001");
  EXPECT_EQ(refused(checked, RenameColumn{"people", "stock", "order"}), "no error") << "in quotes it stays";
  EXPECT_EQ(refused(checked, RenameColumn{"people", "name", "order"}), "no error") << "nothing names it";
  EXPECT_EQ(refused(checked, RenameColumn{"people", "price", "cost"}), "no error");
  const auto qualified = apply(people(), op(AddCheck{"people", {"ck", "people.price >= 0"}}));
  EXPECT_EQ(refused(qualified, RenameTable{"people", "groups"}).substr(0, 75),
            "DBCTL-SCH-001: people cannot be renamed to groups: ck names it, and there g");
  EXPECT_EQ(refused(checked, RenameTable{"people", "groups"}), "no error");
}

TEST(Expressions, ofABackfillReadNoValueThatItHasJustSet) {
  const auto filling = [](std::vector<Assignment> assignments) {
    return refused(people(), Backfill{.table = "people", .assignments = std::move(assignments), .keeps_data = true});
  };
  EXPECT_EQ(filling({{"price", "stock"}, {"stock", "price"}}),
            "DBCTL-SCH-001: the backfill sets people.stock from price, which it sets before: databases differ in which "
            "value that is\n"
            "  where: backfill people.price,stock\n"
            "  next: Set stock first, or in a backfill of its own.\n");
  EXPECT_EQ(filling({{"price", "price + stock"}, {"stock", "stock + 1"}}), "no error");
  EXPECT_NE(refused(people(), Backfill{.table = "people",
                                       .assignments = {{"price", "1"}},
                                       .reversed_by = {{"price", "stock"}, {"stock", "price"}}}),
            "no error");
}

}  // namespace
}  // namespace dbctl::schema
