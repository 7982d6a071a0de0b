#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// Seeders: rows found again by natural key, edits by users kept, a second run without changes.
namespace dbctl::conformance {
namespace {

using catalog::SeederBody;
using schema::TypeKind;
using testing::ElementsAre;

class SeedTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!stores()) GTEST_SKIP() << "a driver that stores nothing finds no row again";
    auto updated = column("updated_at", type(TypeKind::timestamp));
    updated.default_value.kind = schema::Default::Kind::now;
    const schema::Table categories{
        .name = "categories",
        .columns = {column("id", type(TypeKind::uuid)), column("slug", type(TypeKind::string, 40)),
                    nullable(column("data", type(TypeKind::json)))},
        .primary_key = {"id"},
        .uniques = {{"uq_categories_slug", {"slug"}}}};
    const schema::Table products{
        .name = "products",
        .columns = {column("id", type(TypeKind::uuid)), column("sku", type(TypeKind::string, 40)),
                    column("name", type(TypeKind::string, 100)), column("price", type(TypeKind::decimal, 12, 2)),
                    nullable(column("tags", type(TypeKind::text_array))),
                    nullable(column("category_id", type(TypeKind::uuid))), updated},
        .primary_key = {"id"},
        .uniques = {{"uq_products_sku", {"sku"}}},
        .foreign_keys = {{.name = "fk_products_category_id",
                          .columns = {"category_id"},
                          .references = "categories",
                          .references_columns = {"id"}}}};
    migrations_ = catalog_of(
        {{"create_shop", {{.what = schema::CreateTable{categories}}, {.what = schema::CreateTable{products}}}}});
    up(migrations_);
    model_ = migrate::fold(migrations_, database().read(), target());
  }

  static catalog::Lookup category(const char* slug) {
    return {.table = "categories", .columns = {"slug"}, .key = {slug}};
  }
  static catalog::SeedRow product(const char* sku, const char* name, const char* price, const char* slug) {
    return {.columns = {"sku", "name", "price", "category_id"},
            .cells = {Value(sku), Value(name), Value(Decimal{price}), category(slug)}};
  }
  static catalog::Catalog seeders(const char* price = "999.00", const char* slug = "phones") {
    catalog::Catalog catalog;
    catalog.add_seeder("shop", "seeders/category_seeder.cpp", "CategorySeeder", [] {
      return SeederBody{.seedings = {{.table = "categories",
                                      .unique_by = {"slug"},
                                      .data_file = "data/categories.json",
                                      .data = R"([{"slug": "phones", "data": {"b": [1.50, null], "a": "ü"}},
                                                  {"slug": "laptops", "data": null}])"}}};
    });
    catalog.add_seeder("shop", "seeders/product_seeder.cpp", "ProductSeeder", [=] {
      return SeederBody{.seedings = {{.table = "products",
                                      .unique_by = {"sku"},
                                      .rows = {product("A", "iPhone 15", price, slug),
                                               product("B", "MacBook Pro", "1999.00", "laptops")}}},
                        .after = {"CategorySeeder"}};
    });
    return catalog;
  }

  std::vector<std::int64_t> run(const catalog::Catalog& catalog, const seed::Request& request = {}) {
    const auto outcome = seed::run(database(), catalog, model_, request, seed_watcher_);
    return {outcome.inserted, outcome.updated, outcome.unchanged, outcome.kept};
  }
  std::vector<Row> products() {
    const std::vector<std::string> columns{"sku", "name", "price"};
    auto query = database().dialect().select(model_.at("products"), columns, {}, {}, {"sku"});
    auto found = work().query(query).rows;
    for (auto& row : found) row[2] = Value(to_text(row[2]));
    return found;
  }
  void edit_by_hand(const char* sku, const char* name) {
    work().execute(
        database().dialect().update(model_.at("products"), {"name"}, {std::string(name)}, {"sku"}, {std::string(sku)}));
  }

  catalog::Catalog migrations_;
};

Row row(const char* sku, const char* name, const char* price) {
  return {std::string(sku), std::string(name), std::string(price)};
}

TEST_F(SeedTest, a_second_run_changes_nothing) {
  EXPECT_THAT(run(seeders()), ElementsAre(4, 0, 0, 0));
  EXPECT_THAT(products(), ElementsAre(row("A", "iPhone 15", "999.00"), row("B", "MacBook Pro", "1999.00")));
  EXPECT_THAT(run(seeders()), ElementsAre(0, 0, 4, 0));
  EXPECT_THAT(history(), ElementsAre("applied create_shop", "seeded CategorySeeder", "seeded ProductSeeder"));
}

TEST_F(SeedTest, one_changed_value_updates_one_row) {
  run(seeders());
  EXPECT_THAT(run(seeders("949.00")), ElementsAre(0, 1, 3, 0));
  EXPECT_EQ(products().front(), row("A", "iPhone 15", "949.00"));
  EXPECT_THAT(run(seeders("949.00", "laptops")), ElementsAre(0, 1, 3, 0)) << "a lookup that finds another row";
  EXPECT_THAT(run(seeders("949.00", "laptops")), ElementsAre(0, 0, 4, 0));
}

TEST_F(SeedTest, a_row_that_a_user_edited_is_kept_unless_forced) {
  run(seeders());
  edit_by_hand("A", "iPhone 15, refurbished");
  const auto outcome = seed::run(database(), seeders("949.00"), model_, {}, seed_watcher_);
  EXPECT_EQ(outcome.kept, 1);
  EXPECT_EQ(outcome.updated, 0);
  EXPECT_THAT(outcome.seeders.back().kept_rows, ElementsAre("products A"));
  EXPECT_EQ(products().front(), row("A", "iPhone 15, refurbished", "999.00"));
  EXPECT_THAT(run(seeders("949.00"), {.force = true}), ElementsAre(0, 1, 3, 0));
  EXPECT_EQ(products().front(), row("A", "iPhone 15", "949.00"));
}

TEST_F(SeedTest, a_row_that_a_user_deleted_comes_back) {
  run(seeders());
  work().execute(database().dialect().remove(model_.at("products"), {"sku"}, {std::string("A")}));
  EXPECT_THAT(run(seeders()), ElementsAre(1, 0, 3, 0));
}

TEST_F(SeedTest, a_dry_run_writes_nothing) {
  EXPECT_THAT(run(seeders(), {.only = {"CategorySeeder"}, .dry_run = true}), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(run(seeders()), ElementsAre(4, 0, 0, 0));
}

TEST_F(SeedTest, a_failing_seeder_leaves_nothing_of_its_own) {
  EXPECT_EQ(code_of([&] { run(seeders("999.00", "tablets")); }), codes::seed_lookup.id);
  EXPECT_THAT(products(), testing::IsEmpty());
  EXPECT_THAT(run(seeders()), ElementsAre(2, 0, 2, 0)) << "the seeders before it stay";
}

TEST_F(SeedTest, without_dependencies_they_must_be_there) {
  const seed::Request alone{.only = {"ProductSeeder"}, .with_dependencies = false};
  EXPECT_EQ(test::error_text([&] { run(seeders(), alone); }),
            "DBCTL-SED-005 ProductSeeder needs CategorySeeder, which has not been seeded here\n"
            "at seeders/product_seeder.cpp\n-> leave out --no-deps\n-> dbctl seed --only CategorySeeder");
  EXPECT_THAT(run(seeders(), {.only = {"CategorySeeder"}}), ElementsAre(2, 0, 0, 0));
  EXPECT_THAT(run(seeders(), alone), ElementsAre(2, 0, 0, 0));
}

TEST_F(SeedTest, a_column_that_the_seeder_does_not_give_is_the_users) {
  run(seeders());
  work().execute(database().dialect().update(model_.at("products"), {"updated_at", "tags"},
                                             {Timestamp{"2001-02-03 04:05:06.000000"}, TextArray{{"mine"}}}, {"sku"},
                                             {std::string("A")}));
  EXPECT_THAT(run(seeders()), ElementsAre(0, 0, 4, 0));
}

/// Databases that keep any value in any column keep an edit that no column's type has.
TEST_F(SeedTest, a_value_that_does_not_fit_its_column_is_an_edit) {
  run(seeders());
  const auto& dialect = database().dialect();
  const auto edit = [&](const char* column) {
    work().execute({.sql = "UPDATE " + dialect.quote("products") + " SET " + dialect.quote(column) +
                           " = 'soon' WHERE " + dialect.quote("sku") + " = 'A'"});
  };
  try {
    edit("updated_at");
    edit("price");
  } catch (const StatementError&) {
    return;  // a database that refuses it has no such rows
  }
  const auto outcome = seed::run(database(), seeders("949.00"), model_, {}, seed_watcher_);
  EXPECT_EQ(outcome.kept, 1);
  EXPECT_THAT(outcome.seeders.back().kept_rows, ElementsAre("products A"));
  EXPECT_THAT(run(seeders("949.00"), {.force = true}), ElementsAre(0, 1, 3, 0));
  EXPECT_EQ(products().front(), row("A", "iPhone 15", "949.00"));
}

TEST_F(SeedTest, without_dependencies_what_is_named_has_its_order) {
  EXPECT_THAT(run(seeders(), {.only = {"ProductSeeder", "CategorySeeder"}, .with_dependencies = false}),
              ElementsAre(4, 0, 0, 0));
}

TEST_F(SeedTest, keys_that_count_by_themselves_go_on_after_the_ones_given) {
  auto id = column("id", type(TypeKind::bigint));
  id.auto_increment = true;
  const schema::Table tickets{
      .name = "tickets", .columns = {id, column("name", type(TypeKind::string, 20))}, .primary_key = {"id"}};
  const auto create = schema::Operation{.what = schema::CreateTable{tickets}};
  conformance::run(work(), database().dialect().render(create, model_));
  model_ = schema::apply(std::move(model_), create);
  catalog::Catalog catalog;
  catalog.add_seeder("shop", "seeders/ticket_seeder.cpp", "TicketSeeder", [] {
    return SeederBody{
        .seedings = {{.table = "tickets",
                      .rows = {{.columns = {"id", "name"}, .cells = {Value(std::int64_t{1}), Value("a")}},
                               {.columns = {"id", "name"}, .cells = {Value(std::int64_t{2}), Value("b")}}}}}};
  });
  EXPECT_THAT(run(catalog), ElementsAre(2, 0, 0, 0));
  EXPECT_EQ(work().execute(database().dialect().insert(model_.at("tickets"), {"name"}, {{std::string("c")}})), 1);
  EXPECT_THAT(run(catalog), ElementsAre(0, 0, 2, 0));
}

TEST_F(SeedTest, thousands_of_rows_by_a_key_of_three_columns) {
  const schema::Table prices{
      .name = "prices",
      .columns = {column("country", type(TypeKind::string, 2)), column("sku", type(TypeKind::integer)),
                  column("day", type(TypeKind::date)), column("price", type(TypeKind::decimal, 8, 2))},
      .primary_key = {"country", "sku", "day"}};
  const auto create = schema::Operation{.what = schema::CreateTable{prices}};
  conformance::run(work(), database().dialect().render(create, model_));
  model_ = schema::apply(std::move(model_), create);
  catalog::Catalog catalog;
  catalog.add_seeder("shop", "seeders/price_seeder.cpp", "PriceSeeder", [] {
    catalog::Seeding seeding{.table = "prices"};
    for (std::int64_t i = 0; i < 2000; ++i)
      seeding.rows.push_back({.columns = {"country", "sku", "day", "price"},
                              .cells = {Value(i % 2 == 0 ? "de" : "fr"), Value(i), Value("2024-01-15"), Value(i)}});
    return SeederBody{.seedings = {seeding}};
  });
  EXPECT_THAT(run(catalog), ElementsAre(2000, 0, 0, 0));
  EXPECT_THAT(run(catalog), ElementsAre(0, 0, 2000, 0));
}

TEST_F(SeedTest, thousands_of_rows) {
  const auto many = [](std::int64_t from) {
    catalog::Catalog catalog;
    catalog.add_seeder("shop", "seeders/many_seeder.cpp", "ManySeeder", [from] {
      catalog::Seeding seeding{.table = "products", .unique_by = {"sku"}};
      for (std::int64_t i = 0; i < 3000; ++i) {
        const auto number = std::to_string(i < 10 ? from + i : i);
        seeding.rows.push_back({.columns = {"sku", "name", "price", "tags"},
                                .cells = {Value("sku-" + std::to_string(i)), Value("name " + number),
                                          Value(Decimal{number}), Value(TextArray{{"a,b", number}})}});
      }
      return SeederBody{.seedings = {seeding}};
    });
    return catalog;
  };
  EXPECT_THAT(run(many(0)), ElementsAre(3000, 0, 0, 0));
  EXPECT_THAT(run(many(0)), ElementsAre(0, 0, 3000, 0));
  EXPECT_THAT(run(many(5000)), ElementsAre(0, 10, 2990, 0));
}

}  // namespace
}  // namespace dbctl::conformance
