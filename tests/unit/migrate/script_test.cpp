#include <gtest/gtest.h>

#include "unit/migrate/support.hpp"

/// The plan as a script for the database's own client.
namespace dbctl::migrate::testing {
namespace {

TEST(ToSql, shows_groups_hazards_losses_and_values) {
  Project p;
  p.add(
      1, "one",
      {make("a"),
       add("a", "n"),
       {.what = schema::InsertRows{"a", {"id", "n"}, {{std::int64_t{1}, Null{}}, {std::int64_t{2}, std::int64_t{3}}}}},
       raw("SELECT '?' AS \"?\"", "SELECT 1", true),
       {.what =
            schema::Backfill{
                .table = "a", .assignments = {{"n", "id"}}, .where = "n IS NULL", .keeps_data = true, .batch = 10}},
       {.what = schema::DropColumn{"a", "n"}}});
  p.add(2, "elsewhere", {only("postgresql", {make("b")})});
  EXPECT_EQ(to_sql(p.up(), p.target()),
            "-- migrate 20240101000001_one (shop)\n"
            "-- lost when this is rolled back: the values of a.n from before the backfill\n"
            "-- lost when this is rolled back: the values of a.n\n"
            "-- [tx: 1-3]\n"
            "BEGIN;\n"
            "CREATE TABLE \"a\" (\n"
            "  \"id\" INTEGER NOT NULL,\n"
            "  CONSTRAINT \"pk_a\" PRIMARY KEY (\"id\")\n"
            ");\n"
            "ALTER TABLE \"a\" ADD COLUMN \"n\" INTEGER;\n"
            "INSERT INTO \"a\" (\"id\", \"n\") VALUES (1, NULL), (2, 3);\n"
            "COMMIT;\n"
            "-- [alone: 4]\n"
            "SELECT '?' AS \"?\";\n"
            "-- [backfill: 5] in batches of 10 by primary key\n"
            "-- UPDATE \"a\" SET \"n\" = id WHERE \"id\" <= NULL AND (n IS NULL);\n"
            "-- [tx: 6]\n"
            "BEGIN;\n"
            "-- hazard: drops the values of a.n\n"
            "ALTER TABLE \"a\" DROP COLUMN \"n\";\n"
            "COMMIT;\n"
            "\n"
            "-- migrate 20240101000002_elsewhere (shop)\n"
            "-- nothing to do on this database\n"
            "\n");
}

TEST(ToSql, of_nothing_is_nothing) {
  Project p;
  EXPECT_EQ(to_sql(p.up(), p.target()), "");
}

}  // namespace
}  // namespace dbctl::migrate::testing
