#include "golden/cases.hpp"

namespace dbctl::golden {
namespace {

Case raw(std::string name, std::string sql, bool outside_transaction = false) {
  return {.name = "raw_sql" + std::move(name),
          .setup = shop(),
          .what = schema::Operation{schema::RawSql{.sql = std::move(sql), .outside_transaction = outside_transaction}}};
}

}  // namespace

std::vector<Case> raw_cases() {
  return {
      raw("", "UPDATE products SET stock = 0"),
      raw("_ends_in_semicolon", "  UPDATE products SET stock = 0 ; -- all of them\n"),
      raw("_semicolon_in_string", "UPDATE products SET description = 'a;b'"),
      raw("_definition", "CREATE VIEW cheap AS SELECT id, name FROM products WHERE price < 10"),
      raw("_outside_transaction", "ANALYZE products", true),
      raw("_program",
          "CREATE TRIGGER stock_floor AFTER UPDATE ON products FOR EACH ROW BEGIN\n"
          "  UPDATE products SET stock = 0 WHERE stock < 0;\n"
          "  DELETE FROM order_items WHERE quantity = 0;\n"
          "END"),
      raw("_two_statements", "UPDATE products SET stock = 0; DELETE FROM products"),
      raw("_empty", " -- nothing\n;"),
      raw("_transaction", "BEGIN"),
      raw("_commit", "/* done */ commit"),
  };
}

}  // namespace dbctl::golden
