#include "drivers/sqlite/support.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::Action;
using schema::TypeKind;

schema::ForeignKey key(const std::string& table, const std::string& from, const std::string& to, Action on_delete) {
  return {.name = "fk_" + table + "_" + from,
          .columns = {from},
          .references = to,
          .references_columns = {"id"},
          .on_delete = on_delete};
}

/// customers <- orders (cascade) <- lines (cascade), orders <- orders (set null).
class SqliteRebuild : public testing::Test {
 protected:
  SqliteRebuild() {
    shop.apply(operation(schema::CreateTable{
        {.name = "customers", .columns = {id(), column("name", TypeKind::string, 80)}, .primary_key = {"id"}}}));
    shop.apply(operation(schema::CreateTable{
        {.name = "orders",
         .columns = {id(), column("customer_id", TypeKind::bigint), nullable(column("previous_id", TypeKind::bigint)),
                     nullable(column("total", TypeKind::decimal, 12, 2)), column("note", TypeKind::text)},
         .primary_key = {"id"},
         .foreign_keys = {key("orders", "customer_id", "customers", Action::cascade),
                          key("orders", "previous_id", "orders", Action::set_null)},
         .indexes = {{.name = "idx_orders_customer_id", .parts = {{.column = "customer_id"}}},
                     {.name = "idx_orders_total", .parts = {{.column = "total"}}}}}}));
    shop.apply(operation(schema::CreateTable{{.name = "lines",
                                              .columns = {id(), column("order_id", TypeKind::bigint)},
                                              .primary_key = {"id"},
                                              .foreign_keys = {key("lines", "order_id", "orders", Action::cascade)}}}));
    for (const auto* sql :
         {"INSERT INTO customers (id, name) VALUES (1, 'Ann'), (2, 'Bob')",
          "INSERT INTO orders (id, customer_id, total, note) VALUES (1, 1, 9.5, 'a'), (2, 2, 0, 'b'), (3, 1, 2, 'c')",
          "INSERT INTO orders (id, customer_id, previous_id, note) VALUES (900, 1, 1, 'gone')",
          "DELETE FROM orders WHERE id = 900", "UPDATE orders SET previous_id = 1 WHERE id = 3",
          "INSERT INTO lines (order_id) VALUES (1), (1), (2)"})
      shop.execute(sql);
  }

  schema::Operation not_null_total() {
    return operation(schema::AlterColumn{"orders", column("total", TypeKind::decimal, 12, 2)});
  }
  std::string objects() {
    return shop.rows("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name");
  }
  std::string definition(const std::string& name) {
    return shop.rows("SELECT sql FROM sqlite_master WHERE name = ?", {name});
  }

  Shop shop;
};

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

TEST_F(SqliteRebuild, converts_values) {
  const auto alter = [&](schema::Column to, const std::string& using_expression = {}) {
    shop.apply(operation(schema::AlterColumn{"orders", std::move(to), using_expression}));
    return shop.rows("SELECT total, typeof(total) FROM orders ORDER BY id");
  };
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 30, 4))), "9.5000|text\n0.0000|text\n2.0000|text");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 12, 2))), "9.50|real\n0.00|integer\n2.00|integer");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::string, 20))), "9.50|text\n0.00|text\n2.00|text");
  shop.execute("UPDATE orders SET total = 19.99 WHERE id = 1");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::bigint)), "100 * total"), "1999|integer\n0|integer\n200|integer");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 12, 2)), "total / 300.0"),
            "6.66|real\n0.00|integer\n0.67|real");
  EXPECT_EQ(shop->describe(), shop.stored());
}

TEST_F(SqliteRebuild, a_value_that_has_no_meaning_in_the_new_type_undoes_it) {
  try {
    shop.apply(operation(schema::AlterColumn{"orders", column("note", TypeKind::integer)}));
    FAIL() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "orders.note holds a value that does not fit integer: say how to convert it with using_expression(…)");
  }
  EXPECT_EQ(shop.rows("SELECT note FROM orders ORDER BY id"), "a\nb\nc");
}

TEST_F(SqliteRebuild, decimals_that_do_not_fit_stop_it_and_are_never_rounded) {
  shop.execute("UPDATE orders SET total = 1234.56 WHERE id = 1");
  const auto alter = [&](std::uint32_t size, std::uint32_t scale) {
    try {
      shop.apply(operation(schema::AlterColumn{"orders", nullable(column("total", TypeKind::decimal, size, scale))}));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return shop.rows("SELECT total FROM orders WHERE id = 1");
  };
  const auto refused = [](const std::string& type) {
    return "orders.total holds a value that does not fit " + type + ": say how to convert it with using_expression(…)";
  };
  EXPECT_EQ(alter(5, 2), refused("decimal<5,2>"));
  EXPECT_EQ(alter(6, 1), refused("decimal<6,1>"));
  EXPECT_EQ(alter(6, 2), "1234.56");
  EXPECT_EQ(alter(20, 1), refused("decimal<20,1>"));
  EXPECT_EQ(alter(20, 4), "1234.5600");
  EXPECT_EQ(alter(20, 1), refused("decimal<20,1>"));
  EXPECT_EQ(alter(30, 2), "1234.56");
  EXPECT_EQ(alter(18, 15), refused("decimal<18,15>"));
  EXPECT_EQ(alter(5, 2), refused("decimal<5,2>"));
  EXPECT_EQ(alter(12, 3), "1234.560");
}

TEST_F(SqliteRebuild, texts_and_whole_numbers_become_decimals) {
  const auto alter = [&](schema::Column to) {
    try {
      shop.apply(operation(schema::AlterColumn{"orders", std::move(to)}));
    } catch (const std::runtime_error&) {
      return std::string("refused");
    }
    return shop.rows("SELECT note, typeof(note) FROM orders WHERE id = 1");
  };
  shop.execute("UPDATE orders SET note = '7'");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 12, 2)), "7.00|integer");
  EXPECT_EQ(alter(column("note", TypeKind::integer)), "7|integer");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 20, 2)), "7.00|text");
  EXPECT_EQ(alter(column("note", TypeKind::text)), "7.00|text");
  shop.execute("UPDATE orders SET note = '7.125'");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 12, 2)), "refused");
  EXPECT_EQ(alter(column("note", TypeKind::double_)), "7.125|real");
}

TEST_F(SqliteRebuild, times_and_days) {
  shop.apply(operation(schema::CreateTable{
      {.name = "events", .columns = {id(), column("at", TypeKind::timestamp)}, .primary_key = {"id"}}}));
  shop.execute("INSERT INTO events (at) VALUES ('2024-01-15 09:00:00.123456')");
  shop.apply(operation(schema::AlterColumn{"events", column("at", TypeKind::date)}));
  // Both are text: no new table is needed, but the value is another.
  EXPECT_EQ(shop.rows("SELECT at FROM events"), "2024-01-15");
  shop.apply(operation(schema::AlterColumn{"events", column("at", TypeKind::timestamp)}));
  EXPECT_EQ(shop.rows("SELECT at FROM events"), "2024-01-15 00:00:00.000000");
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

TEST_F(SqliteRebuild, a_backfill_rounds_what_it_computes) {
  const auto fill = [&](const std::string& expression) {
    const schema::Backfill backfill{.table = "orders", .assignments = {{"total", expression}}};
    shop->execute(shop.dialect().backfill_batch(backfill, shop.model().at("orders"), {}, {std::int64_t{3}}));
    return shop.rows("SELECT CAST(total AS TEXT) FROM orders WHERE id = 1");
  };
  EXPECT_EQ(fill("0.125"), "0.13");
  EXPECT_EQ(fill("-1.999 * 1"), "-2");
  EXPECT_EQ(fill("NULL"), "NULL");
  EXPECT_EQ(fill("CASE WHEN id > 2 THEN 1 ELSE 7 / 2 END"), "3");
  shop.apply(operation(schema::AlterColumn{"orders", nullable(column("total", TypeKind::decimal, 20, 2))}));
  EXPECT_EQ(fill("7"), "7.00");
  EXPECT_EQ(fill("0.129"), "0.13");
  EXPECT_EQ(fill("NULL"), "NULL");
}

/// A value of one type that the other has, or has not.
struct Converted {
  schema::Column from;
  const char* value;
  schema::Column to;
  const char* expected;  ///< as it is stored then, "refused" when it does not fit
  const char* using_expression = "";
};

TEST(SqliteConversions, values_that_the_new_type_does_not_have_are_refused) {
  const auto c = [](TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0) {
    return column("value", kind, size, scale);
  };
  const auto text = c(TypeKind::text);
  for (const auto& [from, value, to, expected, using_expression] : std::initializer_list<Converted>{
           {text, "'abc'", c(TypeKind::date), "refused"},
           {text, "'2024-02-30'", c(TypeKind::date), "refused"},
           {text, "'2024-02-29'", c(TypeKind::date), "2024-02-29"},
           {text, "'09:00:00'", c(TypeKind::time), "09:00:00.000000"},
           {text, "'09:00:00.25'", c(TypeKind::time), "09:00:00.250000"},
           {text, "'25:00:00'", c(TypeKind::time), "refused"},
           {text, "'09:00'", c(TypeKind::time), "refused"},
           {text, "'09:00:00.1234567'", c(TypeKind::time), "refused"},
           {text, "'2024-01-15 09:00:00.5'", c(TypeKind::timestamp), "2024-01-15 09:00:00.500000"},
           {text, "'2024-01-15 09:00:00'", c(TypeKind::timestamp), "2024-01-15 09:00:00.000000"},
           {text, "'2024-01-15'", c(TypeKind::timestamp), "refused"},
           {text, "'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6'", c(TypeKind::uuid), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
           {text, "'abc'", c(TypeKind::uuid), "refused"},
           {text, "'g81d4fae-7dec-11d0-a765-00a0c91e6bf6'", c(TypeKind::uuid), "refused"},
           {text, "'abc'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'5'", c(TypeKind::decimal, 20, 2), "5.00"},
           {text, "'-5.1'", c(TypeKind::decimal, 20, 2), "-5.10"},
           {text, "'5.125'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1-5'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1.2.3'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1234567890123456789.00'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'0.5'", c(TypeKind::decimal, 20, 20), "0.50000000000000000000"},
           {text, "'7'", c(TypeKind::decimal, 20, 0), "7"},
           {text, "'7.5'", c(TypeKind::decimal, 20, 0), "refused"},
           {c(TypeKind::integer), "100000", c(TypeKind::smallint), "refused"},
           {c(TypeKind::integer), "-32768", c(TypeKind::smallint), "-32768"},
           {c(TypeKind::bigint), "2147483648", c(TypeKind::integer), "refused"},
           {text, "'100000'", c(TypeKind::smallint), "refused"},
           {c(TypeKind::integer), "7", c(TypeKind::boolean), "refused"},
           {c(TypeKind::integer), "1", c(TypeKind::boolean), "true"},
           {c(TypeKind::boolean), "1", c(TypeKind::integer), "1"},
           {c(TypeKind::integer), "12345", c(TypeKind::string, 2), "refused"},
           {c(TypeKind::uuid), "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'", c(TypeKind::string, 8), "refused"},
           {text, "'abc'", c(TypeKind::character, 2), "refused"},
           {c(TypeKind::date), "'2024-01-15'", c(TypeKind::timestamp), "2024-01-15 00:00:00.000000"},
           {c(TypeKind::integer), "12", c(TypeKind::decimal, 20, 2), "6.00", "value / 2"},
           {c(TypeKind::integer), "12", c(TypeKind::decimal, 20, 2), "6.13", "value / 2 + 0.129"},
           {c(TypeKind::integer), "12", c(TypeKind::date), "refused", "'abc'"},
           {c(TypeKind::integer), "12", c(TypeKind::smallint), "refused", "value * 10000"},
       }) {
    SCOPED_TRACE(std::string(value) + " to " + schema::to_text(to.type));
    Shop shop;
    shop.apply(operation(schema::CreateTable{{.name = "samples", .columns = {from}, .primary_key = {}}}));
    shop.execute("INSERT INTO samples VALUES (" + std::string(value) + ")");
    std::string found;
    try {
      shop.apply(operation(schema::AlterColumn{"samples", to, using_expression}));
      found = shop.rows("SELECT value FROM samples");
    } catch (const std::exception&) {
      found = "refused";
      EXPECT_EQ(shop.rows("SELECT value = " + std::string(value) + " FROM samples"), "1") << "as it was";
    }
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace dbctl::sqlite::test
