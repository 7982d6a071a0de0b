#include <gtest/gtest.h>

#include "dbctl/schema/fold.hpp"
#include "dbctl/seed/seed.hpp"
#include "support/error_text.hpp"

/// What is wrong with a data file is said with its file and row, before any database is asked.
namespace dbctl::seed {
namespace {

using schema::TypeKind;

schema::Schema shop() {
  return schema::apply({},
                       {.what = schema::CreateTable{
                            {.name = "products",
                             .columns = {{.name = "id", .type = {.kind = TypeKind::uuid}},
                                         {.name = "sku", .type = {.kind = TypeKind::string, .size = 8}},
                                         {.name = "price", .type = {.kind = TypeKind::decimal, .size = 8, .scale = 2}},
                                         {.name = "note", .type = {.kind = TypeKind::text}, .nullable = true}},
                             .primary_key = {"id"},
                             .uniques = {{"uq", {"sku"}}}}}});
}

std::string refused(const std::string& data) {
  catalog::Catalog catalog;
  catalog.add_seeder("shop", "seeders/product_seeder.cpp", "ProductSeeder", [data] {
    return catalog::SeederBody{
        .seedings = {{.table = "products", .unique_by = {"sku"}, .data_file = "data/products.json", .data = data}}};
  });
  const auto model = shop();
  return test::error_text([&] { validate(catalog, model); });
}

const std::string place = "\nat seeders/product_seeder.cpp, data/products.json, row 2\n";

TEST(Validate, names_file_and_row) {
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"sku": "B", "price": "cheap"}])"),
            "DBCTL-SED-004 ProductSeeder: the value of products.price does not fit" + place +
                "because 'cheap' is not a decimal<8,2>");
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"sku": "B", "price": {"eur": 1}}])"),
            "DBCTL-SED-004 ProductSeeder: the value of products.price does not fit" + place +
                "because '{\"eur\":1}' is not a decimal<8,2>");
  EXPECT_EQ(
      refused(R"([{"sku": "A", "price": 1}, {"sku": "B", "price": null}])"),
      "DBCTL-SED-004 ProductSeeder: products.price must have a value" + place + "because the column is not nullable");
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"price": 2}])"),
            "DBCTL-SED-004 ProductSeeder: a row has no sku" + place +
                "because it is part of the key that finds the row again");
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"sku": "A", "price": 2}])"),
            "DBCTL-SED-004 ProductSeeder: two rows have the same sku" + place +
                "because their key must differ: it is how a row is found again");
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"sku": "B", "prise": 2}])"),
            "DBCTL-SED-004 ProductSeeder: field \"prise\" is no column of products" + place +
                "because did you mean \"price\"?");
  EXPECT_EQ(refused(R"([{"sku": "A", "price": 1}, {"sku": "B", "sku": "C"}])"),
            "DBCTL-SED-004 the field \"sku\" stands twice in one object\n"
            "at data/products.json, row 2\n"
            "-> take one of them out");
}

}  // namespace
}  // namespace dbctl::seed
