#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// Rows from the start, so that everything after this has data to lose; a table that refers to itself.
const migration regions_and_places{
    create_table("regions",
        character("code", 2).primary_key(),
        string("name", 80)),

    create_table("places",
        bigint("id").primary_key().auto_increment(),
        character("region", 2).references("regions", "code").on_delete(cascade).on_update(cascade),
        string("name", 120),
        bigint("parent_id").nullable().references("places"),
        timestamps(),
        index("name")),

    insert("regions").columns("code", "name")
        .row("AT", "Österreich")
        .row("JP", "日本 🗾")
        .row("US", "it's \"quoted\""),

    insert("places").columns("id", "region", "name", "parent_id")
        .row(1, "AT", "Wien", null)
        .row(2, "AT", "Josefstadt", 1)
        .row(3, "JP", "京都", null)
        .row(4, "US", "back\\slash", null)
        .row(5, "US", "", 4),
};
}  // namespace
