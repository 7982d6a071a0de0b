#include "drivers/sqlite/rebuild.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::Action;
using schema::TypeKind;

TEST_F(SqliteRebuild, an_index_made_by_hand_on_a_dropped_column_stops_it) {
  shop.execute("CREATE INDEX by_hand ON orders (customer_id, note)");
  const auto before = shop->describe();
  EXPECT_EQ(error_of([&] {
              shop.apply(operation(schema::DropColumn{"orders", "customer_id"}));
            }),
            "DBCTL-SQL-006: the index by_hand does not fit orders any more; the step was undone\n"
            "why: no such column: customer_id\n"
            "next: drop it in this migration, before the change: on(\"sqlite\", sql(\"DROP INDEX "
            "by_hand\").reversed_by(\"…\"))");
  EXPECT_EQ(shop->describe(), before);
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(shop.rows("PRAGMA legacy_alter_table"), "0");
  EXPECT_EQ(shop.rows("SELECT count(*) FROM orders"), "3");
}

TEST_F(SqliteRebuild, a_view_or_trigger_that_needs_a_dropped_column_stops_it) {
  const auto drop = [&] { shop.apply(operation(schema::DropColumn{"orders", "customer_id"})); };
  shop.execute("CREATE VIEW v AS SELECT customer_id FROM orders");
  EXPECT_EQ(error_of(drop),
            "DBCTL-SQL-006: a view or trigger does not work with orders as it would be; the step was undone\n"
            "why: error in view v: no such column: customer_id\n"
            "next: change or drop that view or trigger in this migration, before the change of the table");
  shop.execute("DROP VIEW v");
  shop.execute("CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT new.customer_id; END");
  EXPECT_NE(error_of(drop).find("why: error in trigger t: no such column: new.customer_id"), std::string::npos);
  shop.execute("DROP TRIGGER t");
  drop();
}

TEST_F(SqliteRebuild, of_a_table_that_the_model_does_not_know_fully_is_refused) {
  shop.execute("DROP TABLE lines");
  shop.execute(
      "CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id)) WITHOUT ROWID");
  EXPECT_EQ(
      error_of([&] {
        shop.apply(operation(schema::AddUnique{"lines", {.name = "uq_lines_order_id", .columns = {"order_id"}}}));
      }),
      "DBCTL-SQL-006: lines is a WITHOUT ROWID table, and a rebuild would lose that\n"
      "why: SQLite changes such a table by making a new one from the migrations, which know ordinary tables only\n"
      "next: write the change for this table in SQL: on(\"sqlite\", sql(\"…\"))");
}

TEST_F(SqliteRebuild, data_that_does_not_fit_undoes_it) {
  shop.execute("UPDATE orders SET total = NULL WHERE id = 2");
  EXPECT_EQ(error_of([&] { shop.apply(not_null_total()); }),
            "DBCTL-SQL-002: orders.total must not be NULL\n"
            "why: SQLite error 1299: NOT NULL constraint failed: dbctl_rebuild_orders.total\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
  EXPECT_EQ(shop.rows("SELECT count(*) FROM orders"), "3");
  EXPECT_EQ(shop.rows("SELECT count(*) FROM lines"), "3");
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
  shop.execute("UPDATE orders SET note = 'same'");
  EXPECT_EQ(error_of([&] {
              shop.apply(operation(schema::AddUnique{"orders", {.name = "uq_orders_note", .columns = {"note"}}}));
            }),
            "DBCTL-SQL-002: another row has the same orders.note already\n"
            "why: SQLite error 2067: UNIQUE constraint failed: dbctl_rebuild_orders.note\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
}

TEST_F(SqliteRebuild, a_foreign_key_that_the_rows_break_is_not_added) {
  shop.apply(operation(schema::AddColumn{"lines", nullable(column("customer_id", TypeKind::bigint))}));
  shop.execute("UPDATE lines SET customer_id = 55 WHERE id = 2");
  EXPECT_EQ(error_of([&] {
              shop.apply(
                  operation(schema::AddForeignKey{"lines", key("lines", "customer_id", "customers", Action::cascade)}));
            }),
            "DBCTL-SQL-006: 1 foreign key would be broken; the step was undone\n"
            "why: row 2 of lines refers to a row that customers does not have\n"
            "next: mend or delete those rows: `PRAGMA foreign_key_check` lists them all");
  EXPECT_EQ(shop.rows("SELECT count(*) FROM pragma_foreign_key_list('lines')"), "1");
}

TEST_F(SqliteRebuild, drop_table_refuses_to_empty_tables_that_no_migration_knows) {
  shop.execute("CREATE TABLE extra (line_id INTEGER REFERENCES lines (id) ON DELETE CASCADE)");
  shop.execute("INSERT INTO extra VALUES (1)");
  EXPECT_THROW(shop.apply(operation(schema::DropTable{"lines"})), std::runtime_error);
  EXPECT_EQ(shop.rows("SELECT count(*) FROM extra"), "1");
  shop.execute("DROP TABLE extra");
  shop.apply(operation(schema::DropTable{"lines"}));
  shop.apply(operation(schema::DropTable{"orders"}));  // refers to itself
  EXPECT_EQ(shop->relations(), (std::vector<std::string>{"customers"}));
}

TEST_F(SqliteRebuild, what_was_broken_before_stops_nothing) {
  for (const auto* sql : {"CREATE VIEW lost AS SELECT * FROM gone", "CREATE VIEW lost_too AS SELECT * FROM lost",
                          "CREATE TRIGGER lost_insert INSTEAD OF INSERT ON lost BEGIN SELECT 1; END",
                          "CREATE TRIGGER t AFTER INSERT ON orders BEGIN INSERT INTO gone VALUES (1); END",
                          "PRAGMA foreign_keys = OFF", "INSERT INTO lines (order_id) VALUES (77)",
                          "UPDATE orders SET previous_id = 78 WHERE id = 2", "PRAGMA foreign_keys = ON"})
    shop.execute(sql);
  const auto before = objects();
  shop.apply(not_null_total());
  EXPECT_EQ(objects(), before);
  EXPECT_EQ(shop.rows("SELECT count(*) FROM pragma_foreign_key_check"), "2");
  shop.execute("CREATE VIEW v AS SELECT customer_id FROM orders");
  EXPECT_EQ(error_of([&] {
              shop.apply(operation(schema::DropColumn{"orders", "customer_id"}));
            }),
            "DBCTL-SQL-006: a view or trigger does not work with orders as it would be; the step was undone\n"
            "why: error in view v: no such column: customer_id\n"
            "next: change or drop that view or trigger in this migration, before the change of the table");
}

TEST_F(SqliteRebuild, new_orphans_are_told_apart_from_old_ones) {
  for (const auto* sql :
       {"PRAGMA foreign_keys = OFF", "INSERT INTO lines (id, order_id) VALUES (50, 77)", "PRAGMA foreign_keys = ON"})
    shop.execute(sql);
  shop->begin(true);
  shop.execute("DELETE FROM lines WHERE id = 50");
  shop.execute("INSERT INTO lines (id, order_id) VALUES (51, 78)");
  EXPECT_EQ(error_of([&] { shop->commit(); }),
            "DBCTL-SQL-006: 1 foreign key would be broken; the step was undone\n"
            "why: row 51 of lines refers to a row that orders does not have\n"
            "next: mend or delete those rows: `PRAGMA foreign_key_check` lists them all");
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
}

}  // namespace
}  // namespace dbctl::sqlite::test
