#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration tune_product_search{
    add_column("products", json("attributes").nullable()),  // JSONB | JSON | TEXT + json_valid
    add_column("products", text_array("tags").nullable()),  // TEXT[] | JSON | TEXT + json_valid

    on("postgresql", create_index("products", "attributes").using_method("gin")),
    on("mysql", create_index("products", {"name", "description"}).fulltext()),
};
}  // namespace
