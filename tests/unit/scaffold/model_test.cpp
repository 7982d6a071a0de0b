#include <gmock/gmock.h>

#include "dbctl/scaffold/scaffold.hpp"
#include "support/error_text.hpp"
#include "unit/scaffold/shop.hpp"

namespace dbctl::scaffold {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Draft model(const std::string& name, const std::string& table, const std::string& fields, const schema::Schema& before,
            Key key = Key::uuid) {
  const auto parsed = fields.empty() ? std::vector<Field>{} : parse_fields(fields);
  return make_model({name, table, parsed, key}, {}, before, testing::place(), "20240115090000");
}

TEST(Model, isAHeaderAndTheMigrationOfItsTable) {
  const auto draft =
      model("Product", "products",
            "name:string(120),price:decimal|default=0,category_id:uuid,note:text|nullable,sku:string|unique",
            testing::shop());
  ASSERT_EQ(draft.files.size(), 2u);
  EXPECT_EQ(draft.files[0].path, "plugins/domains/shop/models/product.hpp");
  EXPECT_EQ(draft.files[0].text, R"(#pragma once
#include <optional>
#include <string>

#include <dbctl/model.hpp>

namespace shop {

/// A row of products.
struct Product {
  dbctl::Uuid id;
  std::string name;
  dbctl::Decimal price;
  dbctl::Uuid category_id;
  std::optional<std::string> note;
  std::string sku;
  dbctl::Timestamp created_at;
  dbctl::Timestamp updated_at;

  static constexpr auto mapping() {
    return dbctl::Mapping{
        "products",
        dbctl::column("id", &Product::id),
        dbctl::column("name", &Product::name),
        dbctl::decimal<12, 2>("price", &Product::price),
        dbctl::column("category_id", &Product::category_id),
        dbctl::column("note", &Product::note),
        dbctl::column("sku", &Product::sku),
        dbctl::column("created_at", &Product::created_at),
        dbctl::column("updated_at", &Product::updated_at),
    };
  }
};

}  // namespace shop
)");
  EXPECT_EQ(draft.files[1].path, "migrations/shop/20240115090000_create_products.cpp");
  EXPECT_EQ(draft.files[1].text, R"(#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration create_products_20240115090000{
    create_table("products",
        uuid("id").primary_key(),
        string("name", 120),
        decimal<12, 2>("price").default_to(0.00_dec),
        uuid("category_id").references("categories"),
        text("note").nullable(),
        string("sku").unique(),
        timestamps()),

    create_index("products", "category_id"),
};
}  // namespace
)");
  EXPECT_THAT(draft.notes, ElementsAre("products.category_id is a foreign key: it refers to categories.id"));
}

TEST(Model, saysWhatAnIdRefersTo) {
  EXPECT_THAT(model("Visit", "visits", "page_id:uuid", {}).notes,
              ElementsAre("visits.page_id has an index: there is no table pages"));
  EXPECT_THAT(model("Visit", "visits", "category_id:int", testing::shop()).notes,
              ElementsAre("visits.category_id has an index: the key of categories is a uuid, not a integer"));
  const auto counted = model("Entry", "entries", "counter_id:int", testing::shop());
  EXPECT_THAT(counted.notes,
              ElementsAre("entries.counter_id is a foreign key: it refers to counters.id, and is a bigint as that is"));
  EXPECT_THAT(counted.files[1].text, HasSubstr("bigint(\"counter_id\").references(\"counters\")"));
  EXPECT_THAT(model("Entry", "entries", "entry_id:uuid|nullable", {}).files[1].text,
              HasSubstr("uuid(\"entry_id\").nullable().references(\"entries\")"));
}

TEST(Model, hasTheKeyThatWasAskedFor) {
  const auto whole = model("Tag", "", "name:string", {}, Key::integer);
  EXPECT_THAT(whole.files[1].text,
              HasSubstr("create_table(\"tags\",\n        bigint(\"id\").primary_key().auto_increment(),"));
  EXPECT_THAT(whole.files[0].text, HasSubstr("std::int64_t id = 0;"));
  const auto dual = model("Tag", "", "name:string", {}, Key::dual);
  EXPECT_THAT(dual.files[1].text, HasSubstr("create_table(\"tags\",\n        dual_key(),\n        string(\"name\"),"));
  EXPECT_THAT(dual.files[0].text, HasSubstr("dbctl::Uuid uuid;"));
}

TEST(Model, refersToThePublicKeyOfATableWithTwo) {
  auto before = testing::shop();
  const auto draft = model("Ticket", "tickets", "account_id:uuid", before);
  EXPECT_THAT(draft.files[1].text, HasSubstr("uuid(\"account_id\").references(\"accounts\", \"uuid\")"));
}

TEST(Model, ofATableThatIsThereIsAHeaderAlone) {
  const auto draft = model("Category", "categories", "", testing::shop());
  ASSERT_EQ(draft.files.size(), 1u);
  EXPECT_THAT(draft.files[0].text, HasSubstr("struct Category {\n  dbctl::Uuid id;\n  std::string name;"));
}

TEST(Model, isRefusedWithAReason) {
  EXPECT_EQ(error_text([] { model("Category", "categories", "name:string", testing::shop()); }),
            "DBCTL-MAK-003 a migration makes the table categories already\nat --table\n"
            "-> dbctl make migration add_name_to_categories --fields \"…\"\n"
            "-> dbctl make model Category --table categories without --fields: the header alone");
  EXPECT_EQ(error_text([] { model("Page", "pages", "owner:uuid|fk:user", testing::shop()); }),
            "DBCTL-MAK-004 fk:user: no migration creates the table user\nat --fields, \"owner\"\n"
            "-> known: accounts, categories, counters, pages\n-> dbctl make model User first");
  EXPECT_EQ(
      error_text([] { model("Page", "pages", "owner:int|fk:categories", testing::shop()); }),
      "DBCTL-MAK-004 fk:categories: the key of categories is a uuid, and owner is a integer\nat --fields, \"owner\"\n"
      "-> give the field the type of the key that it refers to");
  EXPECT_THAT(error_text([] { model("2Fast", "t", "a:int", {}); }), HasSubstr("DBCTL-MAK-002 \"2Fast\" is no name"));
  EXPECT_THAT(error_text([] { model("Order", "order", "a:int", {}); }),
              HasSubstr("\"order\" is a reserved word of SQL"));
  EXPECT_THAT(error_text([] { model("Page", "pages", "id:int", {}); }), HasSubstr("DBCTL-MAK-001"));
  EXPECT_THAT(error_text([] { model("Page", "pages", "", {}); }), HasSubstr("there is no table pages"));
}

}  // namespace
}  // namespace dbctl::scaffold
