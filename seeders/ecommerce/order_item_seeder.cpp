#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder order_item_seeder{"OrderItemSeeder",
    into("order_items").unique_by("order_id", "product_id").after("OrderSeeder")
        .resolve("product_id", lookup("products").by("sku").from("product"))
        .rows_from("data/order_items.json")};
}  // namespace
