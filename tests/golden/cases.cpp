#include "golden/cases.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace dbctl::golden {

using schema::TypeKind;

schema::Type type(TypeKind kind, std::uint32_t size, std::uint32_t scale) {
  return {.kind = kind, .size = size, .scale = scale};
}
schema::Type enumeration(std::vector<std::string> values) {
  return {.kind = TypeKind::enumeration, .values = std::move(values)};
}
schema::Column column(std::string name, schema::Type type) {
  return {.name = std::move(name), .type = std::move(type)};
}
schema::Column nullable(schema::Column column) {
  column.nullable = true;
  return column;
}
schema::Column with_default(schema::Column column, Value value) {
  column.default_value = {.kind = schema::Default::Kind::value, .value = std::move(value)};
  return column;
}
schema::Column with_default_now(schema::Column column) {
  column.default_value = {.kind = schema::Default::Kind::now};
  return column;
}
schema::Column with_default_expression(schema::Column column, std::string expression) {
  column.default_value = {.kind = schema::Default::Kind::expression, .expression = std::move(expression)};
  return column;
}
schema::Column id() {
  auto key = column("id", type(TypeKind::bigint));
  key.auto_increment = true;
  return key;
}

std::vector<schema::Operation> shop() {
  const schema::Table users{
      .name = "users",
      .columns = {column("id", type(TypeKind::uuid)), column("email", type(TypeKind::string, 255)),
                  nullable(column("name", type(TypeKind::string, 120)))},
      .primary_key = {"id"},
      .uniques = {{.name = "uq_users_email", .columns = {"email"}}}};
  const schema::Table categories{
      .name = "categories", .columns = {id(), column("name", type(TypeKind::string, 120))}, .primary_key = {"id"}};
  const schema::Table products{
      .name = "products",
      .columns = {id(), column("name", type(TypeKind::string, 200)), column("sku", type(TypeKind::string, 64)),
                  column("price", type(TypeKind::decimal, 12, 2)),
                  with_default(column("stock", type(TypeKind::integer)), std::int64_t{0}),
                  nullable(column("description", type(TypeKind::text))),
                  with_default(column("status", enumeration({"draft", "active"})), std::string("draft")),
                  nullable(column("category_id", type(TypeKind::bigint)))},
      .primary_key = {"id"},
      .uniques = {{.name = "uq_products_sku", .columns = {"sku"}}},
      .foreign_keys = {{.name = "fk_products_category_id",
                        .columns = {"category_id"},
                        .references = "categories",
                        .references_columns = {"id"},
                        .on_delete = schema::Action::set_null}},
      .checks = {{.name = "ck_products_price", .expression = "price >= 0"}},
      .indexes = {{.name = "idx_products_name", .parts = {{.column = "name"}}},
                  {.name = "idx_products_category_id", .parts = {{.column = "category_id"}}}}};
  const schema::Table order_items{
      .name = "order_items",
      .columns = {column("order_id", type(TypeKind::bigint)), column("line", type(TypeKind::integer)),
                  column("product_id", type(TypeKind::bigint)),
                  with_default(column("quantity", type(TypeKind::integer)), std::int64_t{1}),
                  nullable(column("note", type(TypeKind::string, 200)))},
      .primary_key = {"order_id", "line"},
      .foreign_keys = {{.name = "fk_order_items_product_id",
                        .columns = {"product_id"},
                        .references = "products",
                        .references_columns = {"id"}}},
      .indexes = {{.name = "idx_order_items_product_id", .parts = {{.column = "product_id"}}}}};
  return {{.what = schema::CreateTable{users}},
          {.what = schema::CreateTable{categories}},
          {.what = schema::CreateTable{products}},
          {.what = schema::CreateTable{order_items}}};
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (auto part : {table_cases, column_cases, constraint_cases, raw_cases, data_cases}) {
    auto some = part();
    std::ranges::move(some, std::back_inserter(all));
  }
  return all;
}

}  // namespace dbctl::golden
