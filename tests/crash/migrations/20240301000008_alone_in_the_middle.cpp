#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// What must not be in a transaction between what must be in one; none of the data statements may run twice.
const migration alone_in_the_middle{
    sql("UPDATE seats SET price = price + 1").reversed_by("UPDATE seats SET price = price - 1"),
    on("postgresql", create_index("bookings", "code").concurrently()),
    on("mysql", create_index("bookings", "code").concurrently()),
    on("sqlite", create_index("bookings", "code")),
    sql("UPDATE seats SET price = price * 3").reversed_by("UPDATE seats SET price = price / 3"),
    on("postgresql",
        sql("CREATE INDEX CONCURRENTLY seats_by_note ON seats (note)")
            .outside_transaction()
            .reversed_by("DROP INDEX CONCURRENTLY seats_by_note"),
        sql("UPDATE seats SET price = price + 2").reversed_by("UPDATE seats SET price = price - 2")),
    on("postgresql", create_index("people", "handle").concurrently()),
    on("mysql", create_index("people", "handle").concurrently()),
    on("sqlite", create_index("people", "handle")),
    on("postgresql", drop_index("people", {"state", "visits"}).concurrently()),
    on("mysql", drop_index("people", {"state", "visits"}).concurrently()),
    on("sqlite", drop_index("people", {"state", "visits"})),
    sql("UPDATE trips SET n = n + 100").reversed_by("UPDATE trips SET n = n - 100"),
};
}  // namespace
