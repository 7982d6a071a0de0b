#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

/// Columns are found in opaque SQL; seen through the checks that a dropped or renamed column takes along.
namespace dbctl::schema {
namespace {

using namespace testing;

Schema checked(std::string_view expression, const std::string& column_name) {
  std::vector<Column> columns{column(column_name, integer)};
  for (const char* other : {"a", "b", "c", "name", "note", "price", "price_cents", "products"})
    if (other != column_name) columns.push_back(column(other, integer));
  return apply({}, op(CreateTable{{.name = "products",
                                   .columns = std::move(columns),
                                   .primary_key = {},
                                   .checks = {{"ck", std::string(expression)}}}}));
}

bool mentions(std::string_view expression, const std::string& column_name) {
  return apply(checked(expression, column_name), op(DropColumn{"products", column_name})).at("products").checks.empty();
}

std::string rename_column(std::string_view expression, const std::string& from, const std::string& to) {
  const auto after = apply(checked(expression, from), op(RenameColumn{"products", from, to}));
  return after.at("products").checks[0].expression;
}

std::string rename_table(std::string_view expression, const std::string& to) {
  return apply(checked(expression, "a"), op(RenameTable{"products", to})).at(to).checks[0].expression;
}

TEST(Identifiers, areSeenBareQuotedAndQualified) {
  EXPECT_TRUE(mentions("price >= 0", "price"));
  EXPECT_TRUE(mentions("PRICE >= 0", "price"));
  EXPECT_TRUE(mentions("\"price\" >= 0", "price"));
  EXPECT_TRUE(mentions("`price` >= 0", "price"));
  EXPECT_TRUE(mentions("products.price >= 0", "price"));
  EXPECT_TRUE(mentions("price::numeric>0", "price"));
  EXPECT_TRUE(mentions("(price)", "price"));
  EXPECT_TRUE(mentions("lower(name) <> ''", "name"));
}

TEST(Identifiers, areNotSeenInOtherWords) {
  EXPECT_FALSE(mentions("price_cents >= 0", "price"));
  EXPECT_FALSE(mentions("name <> 'price'", "price"));
  EXPECT_FALSE(mentions("name <> 'it''s price'", "price"));
  EXPECT_FALSE(mentions("lower(name) <> ''", "lower"));
  EXPECT_FALSE(mentions("a > 0 -- price", "price"));
  EXPECT_FALSE(mentions("a /* price */ > 0", "price"));
  EXPECT_FALSE(mentions("a::text <> ''", "text"));
  EXPECT_FALSE(mentions("date '2024-01-15' < a", "date"));
  EXPECT_FALSE(mentions("price.a > 0", "price"));
  EXPECT_FALSE(mentions("\"Price\" > 0", "price"));
  EXPECT_FALSE(mentions("1e5 > 0", "e5"));
}

TEST(Identifiers, areReadWhereTextsAndCommentsDoNotEnd) {
  EXPECT_FALSE(mentions("a <> 'price", "price"));
  EXPECT_FALSE(mentions("a /* price", "price"));
  EXPECT_TRUE(mentions("\"price", "price"));
  EXPECT_TRUE(mentions("a > 0 -- b\n and price > 0", "price"));
}

TEST(Identifiers, areRenamedWithTheirQuotesKept) {
  EXPECT_EQ(rename_column("price >= 0 AND \"price\" < `price` + products.PRICE AND note <> 'price'", "price", "cost"),
            "cost >= 0 AND \"cost\" < `cost` + products.cost AND note <> 'price'");
  EXPECT_EQ(rename_column("a > 0", "price", "cost"), "a > 0");
  EXPECT_EQ(rename_table("products.a > Products.b AND \"products\".c > 0 AND products > 0", "goods"),
            "goods.a > goods.b AND \"goods\".c > 0 AND products > 0");
}

}  // namespace
}  // namespace dbctl::schema
