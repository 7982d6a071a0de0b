#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// A composite key, referred to as a whole; children that go with their parents.
const migration seats_and_bookings{
    create_table("seats",
        character("hall", 1),
        integer("number"),
        integer("price").default_to(10),
        text("note").nullable(),
        primary_key("hall", "number"),
        check("price", "price > 0"),
        index(desc("price"))),

    create_table("bookings",
        bigint("id").primary_key(),
        character("hall", 1),
        integer("number"),
        integer("person_id").references("people").on_delete(cascade),
        string("code", 20),
        foreign_key("hall", "number").references("seats", {"hall", "number"}).on_delete(cascade),
        unique("hall", "number", "person_id")),

    insert("seats").columns("hall", "number", "price")
        .row("A", 1, 10).row("A", 2, 20).row("A", 3, 30).row("B", 1, 5).row("B", 2, 6).row("B", 3, 7).row("C", 1, 99),

    insert("bookings").columns("id", "hall", "number", "person_id", "code")
        .row(1, "A", 1, 1, "a1").row(2, "A", 2, 2, "a2").row(3, "B", 1, 3, "b1").row(4, "C", 1, 4, "c1")
        .row(5, "A", 3, 5, "a3"),
};
}  // namespace
