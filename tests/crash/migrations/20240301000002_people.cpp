#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration people{
    create_table("people",
        integer("id").primary_key(),
        string("name", 100),
        string("email", 190).unique(),
        enumeration<"new", "active", "gone">("state").default_to("new"),
        decimal<12, 2>("balance").default_to(0.00_dec).check("balance >= -1000"),
        decimal<30, 10>("weight").nullable(),
        bigint("big").nullable(),
        boolean("verified").default_to(false),
        double_("ratio").nullable(),
        json("settings").nullable(),
        text_array("tags").nullable(),
        date("born").nullable(),
        time("wakes").nullable(),
        timestamp("seen").nullable(),
        uuid("token").nullable(),
        bigint("place_id").nullable().references("places").on_delete(set_null),
        comment("those who book")),

    insert("people")
        .columns("id", "name", "email", "state", "balance", "weight", "big", "verified", "settings", "tags")
        .row(1, "Ada", "ada@example.org", "active", 999.99_dec, 1.0000000001_dec, 9223372036854775807, true, "{\"a\": [1, 2.50]}", "[\"x\", \"y\"]")
        .row(2, "Bob 🦑", "bob@example.org", "new", 0.01_dec, 12345678901234567890.1234567891_dec, -9223372036854775807, false, "{}", "[]")
        .row(3, "Cléo", "cleo@example.org", "gone", -1000.00_dec, null, 0, true, null, null),

    insert("people").columns("id", "name", "email", "born", "wakes", "seen", "token", "place_id")
        .row(4, "Dan", "dan@example.org", "1970-01-01", "06:30:00", "2024-01-15 09:00:00.123456", "00000000-0000-4000-8000-000000000001", 1)
        .row(5, "Eve", "eve@example.org", "2000-02-29", "23:59:59", "1999-12-31 23:59:59", null, 3)
        .row(6, "Fay", "fay@example.org", null, null, null, null, null)
        .row(7, "Gus", "gus@example.org", null, null, null, null, 5),
};
}  // namespace
