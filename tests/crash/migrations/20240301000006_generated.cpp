#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration generated{
    create_table("lines",
        integer("id").primary_key(),
        integer("quantity").check("quantity > 0"),
        integer("price"),
        integer("total").generated_as("quantity * price").stored()),

    insert("lines").columns("id", "quantity", "price").row(1, 2, 10).row(2, 3, 7).row(3, 1, 1),

    on("sqlite", add_column("lines", integer("half").nullable().generated_as("price / 2"))),
    on("mysql", add_column("lines", integer("half").nullable().generated_as("price DIV 2"))),
    on("sqlite", create_index("lines", "price").where("price > 1")),
    on("postgresql", create_index("lines", "price").where("price > 1")),
    create_index("lines", "total").unique(),
    add_column("lines", string("label", 40).default_to("none")),
    alter_column("lines", string("label", 40).default_to("some").comment("printed")),
};
}  // namespace
