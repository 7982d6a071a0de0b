#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration data_only{
    sql("DELETE FROM order_lines WHERE id = 3")
        .reversed_by("INSERT INTO order_lines (id, quantity, unit_price) VALUES (3, 1, 1)"),
    sql("UPDATE people SET visits = visits + 1").reversed_by("UPDATE people SET visits = visits - 1"),
    insert("regions").columns("code", "name").row("NZ", "Aotearoa"),
    insert("places").columns("region", "name").row("NZ", "its number is the database's").row("NZ", "and this one's"),
    sql("UPDATE trips SET n = n - 50").reversed_by("UPDATE trips SET n = n + 50"),
};
}  // namespace
