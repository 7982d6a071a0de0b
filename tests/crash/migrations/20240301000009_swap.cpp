#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// The ways of one database: a swap of tables, a truncation, a variable of the session that later statements use.
const migration swap{
    create_table("counters", integer("id").primary_key(), integer("n")),
    insert("counters").columns("id", "n").row(1, 1).row(2, 2).row(3, 3),

    create_table("trips_archive_of_nobody", integer("id").primary_key(), text("what").nullable()),

    on("mysql",
        sql("CREATE TABLE counters_new LIKE counters").reversed_by("DROP TABLE counters_new"),
        sql("INSERT INTO counters_new SELECT id, n * 10 FROM counters").reversed_by("DELETE FROM counters_new"),
        sql("RENAME TABLE counters TO counters_old, counters_new TO counters")
            .reversed_by("RENAME TABLE counters TO counters_new, counters_old TO counters"),
        sql("TRUNCATE TABLE counters_old").reversed_by("INSERT INTO counters_old SELECT id, n DIV 10 FROM counters"),
        sql("SET @factor = 5").reversed_by("SET @factor = 5"),
        sql("CREATE TABLE factored (id INT PRIMARY KEY, n INT)").reversed_by("DROP TABLE factored"),
        sql("INSERT INTO factored SELECT id, n * @factor FROM counters").reversed_by("DELETE FROM factored"),
        sql("CREATE TABLE spare_a (id INT PRIMARY KEY)").reversed_by("DROP TABLE spare_a"),
        sql("CREATE TABLE spare_b (id INT PRIMARY KEY)").reversed_by("DROP TABLE spare_b")),
    on("postgresql",
        sql("CREATE TABLE counters_old (id INTEGER PRIMARY KEY, n INTEGER)").reversed_by("DROP TABLE counters_old"),
        sql("INSERT INTO counters_old SELECT id, n FROM counters").reversed_by("DELETE FROM counters_old"),
        sql("TRUNCATE counters_old").reversed_by("INSERT INTO counters_old SELECT id, n FROM counters")),
};
}  // namespace
