#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration create_catalogue{
    create_table("categories",
        uuid("id").primary_key(),
        string("name", 120),
        text("description").nullable(),
        string("slug", 120).unique(),
        timestamps()),

    create_table("products",
        uuid("id").primary_key(),
        string("name", 200),
        text("description").nullable(),
        decimal<12, 2>("price").check("price >= 0"),
        uuid("category_id").references("categories").on_delete(restricted),
        string("sku", 64).unique(),
        integer("stock").default_to(0),
        timestamps()),

    create_index("products", "category_id"),
};
}  // namespace
