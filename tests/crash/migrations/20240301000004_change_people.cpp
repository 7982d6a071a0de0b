#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// A parent with cascading children is remade on SQLite, and no child may go with the old one.
const migration change_people{
    add_column("people", integer("visits").default_to(0)),
    add_column("people", string("phone", 32).nullable().unique()),
    rename_column("people", "name", "full_name"),
    alter_column("people", string("full_name", 200)),
    alter_column("people", bigint("visits").default_to(1)),
    drop_check("people", "balance"),
    add_check("people", "balance_floor", "balance >= -2000"),
    add_unique("people", {"full_name", "email"}),
    create_index("people", {"state", "visits"}),
    create_index("people", desc("visits")).name("people_by_visits"),
    alter_column("people", enumeration<"new", "active", "gone", "back">("state").default_to("new")),
};
}  // namespace
