#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration views_and_triggers{
    sql("CREATE VIEW verified_people AS SELECT id, email FROM people WHERE verified = verified")
        .reversed_by("DROP VIEW verified_people"),

    create_table("trips", integer("person").primary_key(), integer("n").default_to(0)),
    insert("trips").columns("person", "n").row(1, 0).row(2, 0).row(6, 0),

    on("sqlite",
        sql("CREATE TRIGGER count_trips AFTER INSERT ON bookings BEGIN "
            "UPDATE trips SET n = n + 1 WHERE person = NEW.person_id; END")
            .reversed_by("DROP TRIGGER count_trips")),
    on("mysql",
        sql("CREATE TRIGGER count_trips AFTER INSERT ON bookings FOR EACH ROW "
            "UPDATE trips SET n = n + 1 WHERE person = NEW.person_id")
            .reversed_by("DROP TRIGGER count_trips")),
    on("postgresql",
        sql("CREATE FUNCTION count_trip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "UPDATE trips SET n = n + 1 WHERE person = NEW.person_id; RETURN NEW; END $$")
            .reversed_by("DROP FUNCTION count_trip()"),
        sql("CREATE TRIGGER count_trips AFTER INSERT ON bookings FOR EACH ROW EXECUTE FUNCTION count_trip()")
            .reversed_by("DROP TRIGGER count_trips ON bookings")),

    // Each of them fires it: a second time would show.
    insert("bookings").columns("id", "hall", "number", "person_id", "code")
        .row(10, "B", 2, 1, "t1").row(11, "B", 3, 1, "t2").row(12, "B", 3, 6, "t3"),
};
}  // namespace
