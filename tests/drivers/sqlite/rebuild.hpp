#pragma once
#include "drivers/sqlite/support.hpp"

/// A shop whose tables are made anew: SQLite changes a table by copying it.
namespace dbctl::sqlite::test {

inline schema::ForeignKey key(const std::string& table, const std::string& from, const std::string& to,
                              schema::Action on_delete) {
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
    shop.apply(operation(schema::CreateTable{{.name = "customers",
                                              .columns = {id(), column("name", schema::TypeKind::string, 80)},
                                              .primary_key = {"id"}}}));
    shop.apply(operation(
        schema::CreateTable{{.name = "orders",
                             .columns = {id(), column("customer_id", schema::TypeKind::bigint),
                                         nullable(column("previous_id", schema::TypeKind::bigint)),
                                         nullable(column("total", schema::TypeKind::decimal, 12, 2)),
                                         column("note", schema::TypeKind::text)},
                             .primary_key = {"id"},
                             .foreign_keys = {key("orders", "customer_id", "customers", schema::Action::cascade),
                                              key("orders", "previous_id", "orders", schema::Action::set_null)},
                             .indexes = {{.name = "idx_orders_customer_id", .parts = {{.column = "customer_id"}}},
                                         {.name = "idx_orders_total", .parts = {{.column = "total"}}}}}}));
    shop.apply(operation(
        schema::CreateTable{{.name = "lines",
                             .columns = {id(), column("order_id", schema::TypeKind::bigint)},
                             .primary_key = {"id"},
                             .foreign_keys = {key("lines", "order_id", "orders", schema::Action::cascade)}}}));
    for (const auto* sql :
         {"INSERT INTO customers (id, name) VALUES (1, 'Ann'), (2, 'Bob')",
          "INSERT INTO orders (id, customer_id, total, note) VALUES (1, 1, 9.5, 'a'), (2, 2, 0, 'b'), (3, 1, 2, 'c')",
          "INSERT INTO orders (id, customer_id, previous_id, note) VALUES (900, 1, 1, 'gone')",
          "DELETE FROM orders WHERE id = 900", "UPDATE orders SET previous_id = 1 WHERE id = 3",
          "INSERT INTO lines (order_id) VALUES (1), (1), (2)"})
      shop.execute(sql);
  }

  schema::Operation not_null_total() {
    return operation(schema::AlterColumn{"orders", column("total", schema::TypeKind::decimal, 12, 2)});
  }
  std::string objects() {
    return shop.rows("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name");
  }
  std::string definition(const std::string& name) {
    return shop.rows("SELECT sql FROM sqlite_master WHERE name = ?", {name});
  }

  Shop shop;
};

}  // namespace dbctl::sqlite::test
