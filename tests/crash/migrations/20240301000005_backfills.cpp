#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// Several batches each, over a simple and over a composite key.
const migration backfills{
    add_column("seats", integer("doubled").nullable()),
    backfill("seats").set("doubled", "price * 2").batch(3).reversed_by("doubled", "NULL"),
    add_column("people", string("handle", 200).nullable()),
    backfill("people").set("handle", "lower(full_name)").where("verified = verified").batch(2).keeps_data(),
    backfill("people").set("visits", "visits + 10").batch(4).reversed_by("visits", "visits - 10"),
    alter_column("seats", integer("doubled")),
};
}  // namespace
