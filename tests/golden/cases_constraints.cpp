#include "golden/cases.hpp"

namespace dbctl::golden {
namespace {

Case of(std::string name, schema::Operation::Variant what) {
  return {.name = std::move(name), .setup = shop(), .what = schema::Operation{std::move(what)}};
}

Case create_index(std::string name, schema::Index index, std::string table = "products") {
  return of("create_index" + name, schema::CreateIndex{std::move(table), std::move(index)});
}

std::vector<Case> index_cases() {
  return {
      create_index("", {.name = "idx_products_stock", .parts = {{.column = "stock"}}}),
      create_index("_columns",
                   {.name = "idx_products_status_price", .parts = {{.column = "status"}, {.column = "price"}}}),
      create_index("_unique",
                   {.name = "idx_products_name_sku", .parts = {{.column = "name"}, {.column = "sku"}}, .unique = true}),
      create_index("_descending", {.name = "idx_products_price", .parts = {{.column = "price", .descending = true}}}),
      create_index("_partial", {.name = "idx_products_stock", .parts = {{.column = "stock"}}, .where = "stock > 0"}),
      create_index("_expression", {.name = "idx_products_lower_name", .parts = {{.expression = "lower(name)"}}}),
      create_index("_on_text", {.name = "idx_products_description", .parts = {{.column = "description"}}}),
      create_index("_fulltext", {.name = "idx_products_name_description",
                                 .parts = {{.column = "name"}, {.column = "description"}},
                                 .fulltext = true}),
      create_index("_method", {.name = "idx_products_stock", .parts = {{.column = "stock"}}, .method = "hash"}),
      create_index("_concurrently",
                   {.name = "idx_products_stock", .parts = {{.column = "stock"}}, .concurrently = true}),
      create_index("_on_foreign_key",
                   {.name = "idx_order_items_product_id_line", .parts = {{.column = "product_id"}, {.column = "line"}}},
                   "order_items"),
      of("drop_index", schema::DropIndex{"products", "idx_products_name"}),
      of("drop_index_concurrently", schema::DropIndex{"products", "idx_products_name", true}),
      of("drop_index_on_foreign_key", schema::DropIndex{"order_items", "idx_order_items_product_id"}),
  };
}

}  // namespace

std::vector<Case> constraint_cases() {
  auto all = index_cases();
  const schema::ForeignKey key{.name = "fk_order_items_order_id",
                               .columns = {"order_id"},
                               .references = "products",
                               .references_columns = {"id"}};
  auto with_actions = key;
  with_actions.on_delete = schema::Action::restricted;
  with_actions.on_update = schema::Action::cascade;
  for (auto& some : {
           of("add_foreign_key", schema::AddForeignKey{"order_items", key}),
           of("add_foreign_key_actions", schema::AddForeignKey{"order_items", with_actions}),
           of("drop_foreign_key", schema::DropForeignKey{"order_items", "fk_order_items_product_id"}),
           of("add_check", schema::AddCheck{"products", {"ck_products_stock", "stock >= 0"}}),
           of("drop_check", schema::DropCheck{"products", "ck_products_price"}),
           of("add_unique", schema::AddUnique{"products", {"uq_products_name_sku", {"name", "sku"}}}),
           of("drop_unique", schema::DropUnique{"products", "uq_products_sku"}),
       })
    all.push_back(some);
  return all;
}

}  // namespace dbctl::golden
