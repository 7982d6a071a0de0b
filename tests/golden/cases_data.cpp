#include "golden/cases.hpp"

namespace dbctl::golden {
namespace {

using schema::TypeKind;

Case of(std::string name, schema::Operation::Variant what) {
  return {.name = std::move(name), .setup = shop(), .what = schema::Operation{std::move(what)}};
}

Case ask(std::string name, Case::Statements statements) {
  return {.name = std::move(name), .setup = shop(), .what = std::move(statements)};
}

Value whole(std::int64_t number) {
  return number;
}
Value words(std::string text) {
  return text;
}

std::vector<Statement> literals(const sql::Dialect& dialect, const schema::Schema&) {
  const std::vector<Value> values{Null{},
                                  true,
                                  false,
                                  std::int64_t{-42},
                                  1.0,
                                  0.1,
                                  1e300,
                                  words(""),
                                  words("it's"),
                                  words("back\\slash and \"quotes\""),
                                  words("line\nbreak"),
                                  words("grüße"),
                                  Decimal{"999.00"},
                                  Uuid{"00000000-0000-4000-8000-000000000001"},
                                  Date{"2024-01-15"},
                                  Time{"09:00:00.000000"},
                                  Timestamp{"2024-01-15 09:00:00.000000"},
                                  Json{R"({"a":"it's \"b\""})"},
                                  TextArray{{"a", "it's", "b\\c", "d\"e", "f,g", ""}},
                                  TextArray{},
                                  Bytes{std::string("\x00\x7f\xff'", 4)},
                                  Bytes{}};
  std::vector<Statement> statements;
  for (const auto& value : values) statements.push_back({.sql = "SELECT " + dialect.literal(value)});
  return statements;
}

std::vector<Statement> backfill(const sql::Dialect& dialect, const schema::Schema& before, const schema::Backfill& op,
                                const Row& first, const Row& second) {
  const auto& table = before.at(op.table);
  return {dialect.backfill_keys(op, table, {}), dialect.backfill_batch(op, table, {}, first),
          dialect.backfill_keys(op, table, first), dialect.backfill_batch(op, table, first, second)};
}

std::vector<Case> backfill_cases() {
  const schema::Backfill all{.table = "products", .assignments = {{"stock", "stock + 1"}}};
  schema::Backfill some{.table = "products",
                        .assignments = {{"description", "name"}, {"stock", "0"}},
                        .where = "description IS NULL OR stock < 0",
                        .batch = 50};
  const schema::Backfill composite{
      .table = "order_items", .assignments = {{"quantity", "quantity * 2"}}, .where = "quantity > 1"};
  return {
      ask("backfill", [=](const auto& d, const auto& b) { return backfill(d, b, all, {whole(1000)}, {whole(2000)}); }),
      ask("backfill_where",
          [=](const auto& d, const auto& b) { return backfill(d, b, some, {whole(50)}, {whole(99)}); }),
      ask("backfill_composite_key", [=](const auto& d, const auto& b) {
        return backfill(d, b, composite, {whole(7), whole(2)}, {whole(9), whole(1)});
      })};
}

std::vector<Case> statement_cases() {
  return {
      ask("literals", literals),
      ask("insert",
          [](const auto& d, const auto& b) -> std::vector<Statement> {
            return {
                d.insert(b.at("categories"), {"name"}, {{words("Books")}}),
                d.insert(b.at("categories"), {"id", "name"}, {{whole(1), words("Books")}, {whole(2), words("Toys")}})};
          }),
      ask("update",
          [](const auto& d, const auto& b) -> std::vector<Statement> {
            return {
                d.update(b.at("products"), {"price", "stock"}, {Decimal{"9.50"}, whole(3)}, {"sku"}, {words("B-1")}),
                d.update(b.at("products"), {"description"}, {Null{}}, {"name", "category_id"},
                         {words("Book"), Null{}})};
          }),
      ask("remove",
          [](const auto& d, const auto& b) -> std::vector<Statement> {
            return {d.remove(b.at("products"), {"sku"}, {words("B-1")}),
                    d.remove(b.at("order_items"), {"order_id", "note"}, {whole(1), Null{}}),
                    d.remove(b.at("users"), {}, {})};
          }),
      ask("select",
          [](const auto& d, const auto& b) -> std::vector<Statement> {
            const auto& products = b.at("products");
            return {d.select(products, {"id", "name"}, {}, {}, {"id"}),
                    d.select(products, {"id"}, {"sku"}, {{words("B-1")}}),
                    d.select(products, {"id"}, {"sku"}, {{words("B-1")}, {words("B-2")}}),
                    d.select(products, {"id"}, {"name", "category_id"},
                             {{words("Book"), whole(1)}, {words("Toy"), Null{}}}),
                    d.select(products, {"id"}, {"sku"}, {})};
          }),
  };
}

std::vector<Case> row_cases() {
  const schema::Table samples{
      .name = "samples",
      .columns = {column("id", type(TypeKind::uuid)), column("on", type(TypeKind::boolean)),
                  column("real", type(TypeKind::real)), column("cost", type(TypeKind::decimal, 8, 2)),
                  column("day", type(TypeKind::date)), column("hour", type(TypeKind::time)),
                  column("at", type(TypeKind::timestamp)), column("data", type(TypeKind::json)),
                  column("tags", type(TypeKind::text_array)), column("raw", type(TypeKind::binary)),
                  nullable(column("kind", enumeration({"a", "b"})))},
      .primary_key = {"id"}};
  const std::vector<std::string> columns{"id", "on",   "real", "cost", "day", "hour",
                                         "at", "data", "tags", "raw",  "kind"};
  const Row row{Uuid{"00000000-0000-4000-8000-000000000001"},
                true,
                0.5,
                Decimal{"9.50"},
                Date{"2024-01-15"},
                Time{"09:00:00.000000"},
                Timestamp{"2024-01-15 09:00:00.000000"},
                Json{R"({"a":1})"},
                TextArray{{"x", "y"}},
                Bytes{std::string("\x01\x02", 2)},
                Null{}};
  const std::vector<schema::Operation> setup{{.what = schema::CreateTable{samples}}};
  const std::vector<Row> categories{{whole(1), words("Books")}, {whole(2), words("Toys")}};
  return {
      of("insert_rows", schema::InsertRows{"categories", {"id", "name"}, categories}),
      {"insert_rows_every_type", setup, schema::Operation{schema::InsertRows{"samples", columns, {row}}}},
      of("delete_rows", schema::DeleteRows{"categories", {"id", "name"}, categories}),
      {"delete_rows_every_type", setup, schema::Operation{schema::DeleteRows{"samples", columns, {row}}}},
  };
}

}  // namespace

std::vector<Case> data_cases() {
  auto all = row_cases();
  for (auto& some : backfill_cases()) all.push_back(std::move(some));
  for (auto& some : statement_cases()) all.push_back(std::move(some));
  return all;
}

}  // namespace dbctl::golden
