#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// A way back that is written, and what it cannot bring back.
const migration drops{
    on("mysql", sql("DROP TABLE spare_a, spare_b")),
    drop_table("trips_archive_of_nobody"),
    down(
        create_table("trips_archive_of_nobody", integer("id").primary_key(), text("what").nullable()),
        on("mysql", sql("CREATE TABLE spare_b (id INT PRIMARY KEY)"), sql("CREATE TABLE spare_a (id INT PRIMARY KEY)"))),
};
}  // namespace
