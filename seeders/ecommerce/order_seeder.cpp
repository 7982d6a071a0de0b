#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

// An order has no natural key of its own: its id stands in the data.
const seeder order_seeder{"OrderSeeder",
    into("orders").unique_by("id").after("UserSeeder", "ProductSeeder")
        .resolve("user_id", lookup("users").by("email").from("user"))
        .rows_from("data/orders.json")};
}  // namespace
