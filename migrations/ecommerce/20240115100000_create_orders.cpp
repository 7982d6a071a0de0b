#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration create_orders{
    create_table("orders",
        uuid("id").primary_key(),
        uuid("user_id").references("users").on_delete(restricted),
        decimal<12, 2>("total").check("total >= 0"),
        string("status", 32).default_to("pending"),
        text("notes").nullable(),
        timestamps()),

    create_index("orders", "user_id"),
    create_index("orders", {"status", "created_at"}),

    create_table("order_items",
        uuid("id").primary_key(),
        uuid("order_id").references("orders").on_delete(cascade),
        uuid("product_id").references("products").on_delete(restricted),
        integer("quantity").default_to(1).check("quantity > 0"),
        decimal<12, 2>("price").check("price >= 0"),
        timestamps(),
        unique("order_id", "product_id")),

    create_index("order_items", "product_id"),
};
}  // namespace
