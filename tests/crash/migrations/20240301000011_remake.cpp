#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// Keys, columns and tables that go and change their names, with rows in all of them.
const migration remake{
    drop_unique("people", {"full_name", "email"}),
    drop_index("people", "visits").name("people_by_visits"),
    drop_column("people", "phone"),
    drop_column("lines", "label"),
    rename_table("lines", "order_lines"),
    rename_column("order_lines", "price", "unit_price"),
    drop_foreign_key("bookings", {"hall", "number"}),
    add_foreign_key("bookings", {"hall", "number"}).references("seats", {"hall", "number"}).on_delete(restricted),
    add_foreign_key("trips", "person").references("people").on_delete(cascade),
    alter_column("places", string("name", 240)),
    alter_column("places", string("name", 240).nullable()),
};
}  // namespace
