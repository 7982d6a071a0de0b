#include <gmock/gmock.h>

#include "support/error_text.hpp"
#include "unit/scaffold/shop.hpp"

namespace dbctl::scaffold {
namespace {

using test::error_text;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

catalog::Catalog with_seeders() {
  catalog::Catalog catalog;
  catalog.add_domain({"shop", "libdbctl_domain_shop.so", ""});
  catalog.add_seeder("shop", "seeders/shop/category_seeder.cpp", "CategorySeeder", [] {
    return catalog::SeederBody{
        .seedings = {{.table = "categories",
                      .unique_by = {"slug"},
                      .rows = {{{"name", "slug"}, {Value(std::string("Books")), Value(std::string("books"))}},
                               {{"name", "slug"}, {Value(std::string("Toys")), Value(std::string("toys"))}}}}},
        .after = {}};
  });
  catalog.add_seeder("shop", "seeders/shop/loop_seeder.cpp", "LoopSeeder",
                     [] { return catalog::SeederBody{.seedings = {}, .after = {"ProductSeeder"}}; });
  return catalog;
}

schema::Schema with(const std::string& table, const std::string& fields, Key key = Key::uuid) {
  auto schema = testing::shop();
  const auto draft =
      make_migration({.name = "create_" + table, .table = {}, .fields = parse_fields(fields), .key = key}, schema,
                     testing::place(), "20240102000000");
  for (const auto& operation : draft.operations) schema = schema::apply(std::move(schema), operation);
  return schema;
}

Draft seeder(const SeederRequest& request, const schema::Schema& schema) {
  return make_seeder(request, with_seeders(), schema, testing::place());
}

std::size_t rows_of(const std::string& code) {
  std::size_t rows = 0;
  for (std::size_t at = code.find(".row("); at != std::string::npos; at = code.find(".row(", at + 1)) ++rows;
  return rows;
}

TEST(Seeder, hasTenRowsThatLookUpOthers) {
  const auto schema = with("products", "name:string,price:decimal,category_id:uuid,sku:string,stock:int");
  const auto draft = seeder({"ProductSeeder", "products", {"CategorySeeder"}}, schema);
  ASSERT_EQ(draft.files.size(), 1u);
  EXPECT_EQ(draft.files[0].path, "seeders/shop/product_seeder.cpp");
  const auto& code = draft.files[0].text;
  EXPECT_THAT(code, HasSubstr(R"(#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder product_seeder{"ProductSeeder",
    into("products").unique_by("sku").after("CategorySeeder")
        .columns("name", "price", "category_id", "sku", "stock")
        .row("Desk Lamp", 19.99_dec, lookup("categories").where("slug", "books"), "SKU-1001", 10)
        .row("Travel Mug", 4.50_dec, lookup("categories").where("slug", "toys"), "SKU-1002", 15)
)"));
  EXPECT_EQ(rows_of(code), 10u);
  EXPECT_EQ(seeder({"ProductSeeder", "products", {"CategorySeeder"}}, schema).files[0].text, code);
}

TEST(Seeder, makesAsManyRowsAsUniqueColumnsLetBe) {
  const auto schema = with("flags", "kind:enum(a,b,c)|unique,on_sale:bool");
  const auto draft = seeder({"FlagSeeder", "flags", {}}, schema);
  EXPECT_EQ(rows_of(draft.files[0].text), 3u);
  EXPECT_THAT(draft.notes,
              ::testing::ElementsAre("3 rows, because what is unique in flags does not let there be more"));
}

TEST(Seeder, leavesAReferenceEmptyWhereItMay) {
  const auto schema = with("notes_of_day", "title:string,category_id:uuid|nullable");
  const auto draft = seeder({"NoteSeeder", "notes_of_day", {}}, schema);
  EXPECT_THAT(draft.files[0].text, Not(HasSubstr("category_id")));
  EXPECT_THAT(draft.notes,
              ::testing::ElementsAre("notes_of_day.category_id is left empty: no seeder of --deps fills categories"));
}

TEST(Seeder, findsRowsAgainWithoutANaturalKey) {
  EXPECT_THAT(seeder({"VisitSeeder", "visits", {}}, with("visits", "seconds:int")).files[0].text,
              HasSubstr(".unique_by(\"id\")"));
  EXPECT_THAT(seeder({"VisitSeeder", "visits", {}}, with("visits", "name:string", Key::integer)).files[0].text,
              HasSubstr(".unique_by(\"name\")"));
  EXPECT_THAT(seeder({"VisitSeeder", "visits", {}}, with("visits", "seconds:int", Key::dual)).files[0].text,
              HasSubstr(".unique_by(\"uuid\")"));
  EXPECT_THAT(seeder({"VisitSeeder", "visits", {}}, with("visits", "a:int,b:date", Key::integer)).files[0].text,
              HasSubstr(".unique_by(\"a\", \"b\")"));
}

TEST(Seeder, loadsData) {
  const auto schema = with("products", "name:string,price:decimal,category_id:uuid,sku:string");
  const auto draft = seeder({"ProductSeeder",
                             "products",
                             {"CategorySeeder"},
                             "in/products.csv",
                             "name,price,category,sku\nPen,1.50,Books,P-1\n\"Ink, blue\",2,Toys,P-2\n"},
                            schema);
  ASSERT_EQ(draft.files.size(), 2u);
  EXPECT_THAT(draft.files[0].text, HasSubstr(R"(    into("products").unique_by("sku").after("CategorySeeder")
        .resolve("category_id", lookup("categories").by("name").from("category"))
        .rows_from("data/products.csv")};)"));
  EXPECT_EQ(draft.files[1].path, "seeders/shop/data/products.csv");
  EXPECT_THAT(draft.notes, IsEmpty());
}

TEST(Seeder, isRefusedWithAReason) {
  const auto schema = with("products", "name:string,price:decimal,category_id:uuid,sku:string");
  const auto refusal = [&](SeederRequest request) { return error_text([&] { seeder(request, schema); }); };
  EXPECT_EQ(refusal({"ProductSeeder", "products", {}}),
            "DBCTL-MAK-004 products.category_id must refer to a row of categories\nat --deps\n"
            "because none of the seeders that it depends on fills categories\n-> --deps CategorySeeder\n"
            "-> dbctl make seeder … --data FILE takes rows of your own");
  EXPECT_EQ(refusal({"ProductSeeder", "products", {"ProductSeeder"}}),
            "DBCTL-SED-001 seeders depend on each other in a circle: ProductSeeder -> ProductSeeder\nat --deps\n"
            "-> leave ProductSeeder out of --deps");
  EXPECT_THAT(refusal({"ProductSeeder", "products", {"LoopSeeder"}}),
              HasSubstr("in a circle: ProductSeeder -> LoopSeeder -> ProductSeeder"));
  EXPECT_THAT(refusal({"ProductSeeder", "products", {"CategorySeder"}}), HasSubstr("did you mean \"CategorySeeder\"?"));
  EXPECT_THAT(refusal({"ProductSeeder", "product", {}}), HasSubstr("did you mean \"products\"?"));
  EXPECT_THAT(refusal({"Product Seeder!", "products", {}}), HasSubstr("DBCTL-MAK-002"));
  EXPECT_THAT(refusal({"ProductSeeder", "products", {"CategorySeeder"}, "p.json", R"([{"nam": "x", "sku": "1"}])"}),
              HasSubstr("\"nam\" is no column of products\nat p.json, row 1\n-> did you mean \"name\"?"));
  EXPECT_THAT(refusal({"ProductSeeder", "products", {"CategorySeeder"}, "p.csv", "name,price\nx,abc\n"}),
              HasSubstr("the value of \"price\" does not fit\nat p.csv, row 1"));
  EXPECT_THAT(refusal({"ProductSeeder", "products", {}, "p.json", "[]"}), HasSubstr("the data file has no rows"));
}

}  // namespace
}  // namespace dbctl::scaffold
