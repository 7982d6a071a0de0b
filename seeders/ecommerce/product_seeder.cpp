#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder product_seeder{"ProductSeeder",
    into("products").unique_by("sku").after("CategorySeeder")
        .resolve("category_id", lookup("categories").by("name").from("category"))
        .rows_from("data/products.json")};
}  // namespace
