#include "drivers/sqlite/rebuild.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::TypeKind;

TEST_F(SqliteRebuild, keeps_rows_of_the_table_and_of_those_that_refer_to_it) {
  shop.apply(not_null_total());
  EXPECT_EQ(shop.rows("SELECT id, customer_id, previous_id, total, note FROM orders ORDER BY id"),
            "1|1|NULL|9.50|a\n2|2|NULL|0.00|b\n3|1|1|2.00|c");
  EXPECT_EQ(shop.rows("SELECT id, order_id FROM lines ORDER BY id"), "1|1\n2|1\n3|2");
  EXPECT_EQ(shop->describe(), shop.stored());
  EXPECT_EQ(shop.rows("PRAGMA foreign_keys"), "1");
  EXPECT_EQ(shop.rows("PRAGMA legacy_alter_table"), "0");
}

TEST_F(SqliteRebuild, foreign_keys_of_and_to_the_table_work_afterwards) {
  shop.apply(not_null_total());
  EXPECT_NE(error_of([&] { shop.execute("INSERT INTO lines (order_id) VALUES (77)"); }), "no error");
  EXPECT_NE(error_of([&] { shop.execute("INSERT INTO orders (customer_id, total, note) VALUES (77, 1, '')"); }),
            "no error");
  shop.execute("DELETE FROM orders WHERE id = 1");
  EXPECT_EQ(shop.rows("SELECT id FROM lines"), "3");
  EXPECT_EQ(shop.rows("SELECT previous_id FROM orders WHERE id = 3"), "NULL");
}

TEST_F(SqliteRebuild, keeps_the_counter) {
  shop.apply(not_null_total());
  EXPECT_EQ(shop.rows("SELECT seq FROM sqlite_sequence WHERE name = 'orders'"), "900");
  shop.execute("INSERT INTO orders (customer_id, total, note) VALUES (1, 1, '')");
  EXPECT_EQ(shop.rows("SELECT max(id) FROM orders"), "901");
  EXPECT_EQ(shop.rows("SELECT count(*) FROM sqlite_sequence WHERE name LIKE 'dbctl%'"), "0");
}

TEST_F(SqliteRebuild, keeps_the_counter_of_an_empty_table) {
  shop.execute("DELETE FROM orders");
  shop.apply(not_null_total());
  shop.execute("INSERT INTO orders (customer_id, total, note) VALUES (1, 1, '')");
  EXPECT_EQ(shop.rows("SELECT id FROM orders"), "901");
}

TEST_F(SqliteRebuild, keeps_triggers_views_and_indexes_that_no_migration_declares) {
  for (const auto* sql :
       {"CREATE TABLE log (what TEXT)",
        "CREATE TRIGGER on_order AFTER INSERT ON orders BEGIN INSERT INTO log VALUES ('order ' || new.id); END",
        "CREATE TRIGGER on_line AFTER INSERT ON lines BEGIN UPDATE orders SET note = note || '+' WHERE id = "
        "new.order_id; END",
        "CREATE TRIGGER on_log AFTER INSERT ON log WHEN (SELECT count(*) FROM orders) > 1000 BEGIN SELECT RAISE(ABORT, "
        "'full'); END",
        "CREATE VIEW big AS SELECT o.id, o.total, c.name FROM orders AS o JOIN customers AS c ON c.id = o.customer_id",
        "CREATE VIEW biggest AS SELECT max(total) AS total FROM big",
        "CREATE TRIGGER on_view INSTEAD OF INSERT ON big BEGIN INSERT INTO log VALUES ('view'); END",
        "CREATE INDEX by_hand ON orders (note COLLATE NOCASE DESC) WHERE total > 1",
        "CREATE UNIQUE INDEX by_hand_too ON orders (lower(note))"})
    shop.execute(sql);
  const auto before = objects();
  const auto texts = [&] {
    return definition("on_order") + definition("on_line") + definition("big") + definition("biggest") +
           definition("by_hand") + definition("by_hand_too") + definition("on_view");
  };
  const auto texts_before = texts();
  shop.apply(not_null_total());
  shop.apply(operation(schema::AddCheck{"orders", {.name = "ck_orders_total", .expression = "total >= 0"}}));
  EXPECT_EQ(objects(), before);
  EXPECT_EQ(texts(), texts_before);
  shop.execute("INSERT INTO orders (customer_id, total, note) VALUES (1, 99, 'new')");
  shop.execute("INSERT INTO lines (order_id) VALUES (901)");
  shop.execute("INSERT INTO big VALUES (1, 1, 'x')");
  EXPECT_EQ(shop.rows("SELECT what FROM log"), "order 901\nview");
  EXPECT_EQ(shop.rows("SELECT note FROM orders WHERE id = 901"), "new+");
  EXPECT_EQ(shop.rows("SELECT total FROM biggest"), "99");
  EXPECT_NE(error_of([&] { shop.execute("INSERT INTO orders (customer_id, total, note) VALUES (1, 1, 'A')"); }),
            "no error");
}

TEST_F(SqliteRebuild, drops_the_indexes_that_the_migration_drops) {
  shop.apply(operation(schema::DropColumn{"orders", "customer_id"}));
  EXPECT_EQ(objects(), "index|idx_orders_total\ntable|customers\ntable|lines\ntable|orders");
  EXPECT_EQ(shop->describe(), shop.stored());
  EXPECT_EQ(shop.rows("SELECT count(*) FROM lines"), "3");
}

TEST_F(SqliteRebuild, keeps_generated_columns) {
  auto twice = nullable(column("twice", TypeKind::bigint));
  twice.generated = {.expression = "id * 2", .stored = true};
  auto thrice = nullable(column("thrice", TypeKind::bigint));
  thrice.generated = {.expression = "id * 3", .stored = false};
  shop.apply(operation(schema::AddColumn{"orders", twice}));
  shop.apply(operation(schema::AddColumn{"orders", thrice}));
  shop.apply(not_null_total());
  EXPECT_EQ(shop.rows("SELECT id, twice, thrice FROM orders ORDER BY id"), "1|2|3\n2|4|6\n3|6|9");
  EXPECT_EQ(shop->describe(), shop.stored());
}

TEST_F(SqliteRebuild, a_default_that_is_computed_reaches_the_rows_there_are) {
  auto at = column("created_at", TypeKind::timestamp);
  at.default_value.kind = schema::Default::Kind::now;
  shop.apply(operation(schema::AddColumn{"orders", at}));
  EXPECT_EQ(shop.rows("SELECT count(*) FROM orders WHERE length(created_at) = 26"), "3");
  auto weight = column("weight", TypeKind::bigint);
  EXPECT_EQ(error_of([&] {
              shop.apply(operation(schema::AddColumn{"orders", weight}));
            }),
            "DBCTL-SQL-002: orders.weight must not be NULL\n"
            "why: SQLite error 1299: NOT NULL constraint failed: dbctl_rebuild_orders.weight\n"
            "next: correct the rows, those in the database or those in the migration or seeder, and run the same "
            "command again");
}

TEST_F(SqliteRebuild, a_table_with_an_awkward_name) {
  shop.apply(operation(schema::CreateTable{
      {.name = "it's \"a\" table", .columns = {id(), column("select", TypeKind::text)}, .primary_key = {"id"}}}));
  shop.execute("INSERT INTO \"it's \"\"a\"\" table\" (\"select\") VALUES ('x')");
  shop.execute("CREATE INDEX by_hand ON \"it's \"\"a\"\" table\" (\"select\")");
  shop.apply(operation(schema::AddUnique{"it's \"a\" table", {.name = "uq", .columns = {"select"}}}));
  EXPECT_EQ(shop.rows("SELECT * FROM \"it's \"\"a\"\" table\""), "1|x");
  EXPECT_NE(definition("by_hand"), "");
}

TEST_F(SqliteRebuild, renames_carry_triggers_views_and_children_along) {
  shop.execute("CREATE VIEW v AS SELECT note FROM orders");
  shop.execute(
      "CREATE TRIGGER t AFTER INSERT ON lines BEGIN UPDATE orders SET note = 'x' WHERE id = new.order_id; END");
  shop.apply(operation(schema::RenameTable{"orders", "purchases"}));
  shop.apply(operation(schema::RenameColumn{"purchases", "note", "remark"}));
  shop.execute("INSERT INTO lines (order_id) VALUES (2)");
  EXPECT_EQ(shop.rows("SELECT * FROM v"), "a\nx\nc");
  EXPECT_EQ(shop->describe(), shop.stored());
  shop.apply(operation(schema::AlterColumn{"purchases", column("total", TypeKind::decimal, 12, 2)}));
  EXPECT_EQ(shop.rows("SELECT * FROM v"), "a\nx\nc");
  EXPECT_EQ(shop->describe(), shop.stored());
}

TEST_F(SqliteRebuild, a_check_that_names_its_table) {
  shop.apply(operation(schema::AddCheck{
      "orders", {.name = "ck_orders_total", .expression = "orders.total >= 0 OR \"orders\".note = ''"}}));
  EXPECT_EQ(shop->describe(), shop.stored());
  shop.apply(not_null_total());
  EXPECT_EQ(shop->describe(), shop.stored());
  EXPECT_NE(error_of([&] { shop.execute("UPDATE orders SET total = -1 WHERE id = 1"); }), "no error");
  shop.apply(operation(schema::RenameTable{"orders", "purchases"}));
  EXPECT_EQ(shop->describe(), shop.stored());
}

}  // namespace
}  // namespace dbctl::sqlite::test
