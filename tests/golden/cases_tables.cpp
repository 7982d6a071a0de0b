#include "golden/cases.hpp"

namespace dbctl::golden {
namespace {

using schema::Action;
using schema::TypeKind;

Case create(std::string name, schema::Table table, std::vector<schema::Operation> setup = {}) {
  return {.name = "create_table_" + std::move(name),
          .setup = std::move(setup),
          .what = schema::Operation{schema::CreateTable{std::move(table)}}};
}

schema::Table every_type() {
  return {.name = "samples",
          .columns = {column("a_boolean", type(TypeKind::boolean)),
                      column("a_smallint", type(TypeKind::smallint)),
                      column("an_integer", type(TypeKind::integer)),
                      column("a_bigint", type(TypeKind::bigint)),
                      column("a_decimal", type(TypeKind::decimal, 12, 2)),
                      column("a_wide_decimal", type(TypeKind::decimal, 30, 10)),
                      column("a_real", type(TypeKind::real)),
                      column("a_double", type(TypeKind::double_)),
                      column("a_string", type(TypeKind::string, 200)),
                      column("a_text", type(TypeKind::text)),
                      column("a_character", type(TypeKind::character, 2)),
                      column("a_uuid", type(TypeKind::uuid)),
                      column("a_short_binary", type(TypeKind::binary, 16)),
                      column("a_binary", type(TypeKind::binary)),
                      column("a_date", type(TypeKind::date)),
                      column("a_time", type(TypeKind::time)),
                      column("a_timestamp", type(TypeKind::timestamp)),
                      column("a_json", type(TypeKind::json)),
                      column("a_text_array", type(TypeKind::text_array)),
                      column("an_enumeration", enumeration({"small", "large"}))},
          .primary_key = {"a_uuid"}};
}

schema::Table every_type_nullable() {
  auto table = every_type();
  for (auto& c : table.columns) c.nullable = c.name != "a_uuid";
  return table;
}

schema::Table defaults() {
  return {.name = "settings",
          .columns = {id(),
                      with_default(column("enabled", type(TypeKind::boolean)), true),
                      with_default(column("retries", type(TypeKind::smallint)), std::int64_t{-3}),
                      with_default(column("rate", type(TypeKind::decimal, 6, 4)), Decimal{"0.0750"}),
                      with_default(column("ratio", type(TypeKind::double_)), 0.1),
                      with_default(column("label", type(TypeKind::string, 80)), std::string("it's \\ \"new\"")),
                      with_default(column("empty", type(TypeKind::string, 10)), std::string()),
                      with_default(column("body", type(TypeKind::text)), std::string("none")),
                      with_default(column("owner", type(TypeKind::uuid)), Uuid{"00000000-0000-4000-8000-000000000001"}),
                      with_default(column("marker", type(TypeKind::binary, 4)), Bytes{std::string("\x00\xff'", 3)}),
                      with_default(column("opens", type(TypeKind::date)), Date{"2024-01-15"}),
                      with_default(column("at", type(TypeKind::time)), Time{"09:00:00.000000"}),
                      with_default(column("since", type(TypeKind::timestamp)), Timestamp{"2024-01-15 09:00:00.000000"}),
                      with_default(column("options", type(TypeKind::json)), Json{R"({"a":[1,"it's"]})"}),
                      with_default(column("tags", type(TypeKind::text_array)), TextArray{{"new", "it's", "a,b"}}),
                      with_default(column("size", enumeration({"small", "large"})), std::string("small")),
                      nullable(with_default(column("nothing", type(TypeKind::integer)), Null{})),
                      with_default_now(column("today", type(TypeKind::date))),
                      with_default_now(column("clock", type(TypeKind::time))),
                      with_default_now(column("created_at", type(TypeKind::timestamp))),
                      with_default_expression(column("total", type(TypeKind::integer)), "1 + 2")},
          .primary_key = {"id"}};
}

schema::Table foreign_keys() {
  const auto key = [](std::string name, std::string from, std::string to, Action on_delete, Action on_update) {
    return schema::ForeignKey{.name = "fk_reviews_" + name,
                              .columns = {std::move(from)},
                              .references = std::move(to),
                              .references_columns = {"id"},
                              .on_delete = on_delete,
                              .on_update = on_update};
  };
  return {
      .name = "reviews",
      .columns = {id(), column("user_id", type(TypeKind::uuid)), nullable(column("product_id", type(TypeKind::bigint))),
                  nullable(column("parent_id", type(TypeKind::bigint))), column("order_id", type(TypeKind::bigint)),
                  column("line", type(TypeKind::integer))},
      .primary_key = {"id"},
      .foreign_keys = {key("user_id", "user_id", "users", Action::cascade, Action::restricted),
                       key("product_id", "product_id", "products", Action::set_null, Action::cascade),
                       key("parent_id", "parent_id", "reviews", Action::restricted, Action::no_action),
                       {.name = "fk_reviews_order_id_line",
                        .columns = {"order_id", "line"},
                        .references = "order_items",
                        .references_columns = {"order_id", "line"}}}};
}

schema::Table generated() {
  auto total = column("total", type(TypeKind::decimal, 14, 2));
  total.generated = {.expression = "price * quantity", .stored = true};
  auto twice = nullable(column("twice", type(TypeKind::integer)));
  twice.generated = {.expression = "quantity * 2", .stored = false};
  return {.name = "lines",
          .columns = {id(), column("price", type(TypeKind::decimal, 12, 2)),
                      column("quantity", type(TypeKind::integer)), total, twice},
          .primary_key = {"id"}};
}

schema::Table comments() {
  auto name = column("name", type(TypeKind::string, 40));
  name.comment = "the customer's own \\ spelling";
  return {.name = "customers", .columns = {id(), name}, .primary_key = {"id"}, .comment = "people who've bought"};
}

schema::Table collation() {
  auto code = column("code", type(TypeKind::string, 10));
  code.collation = "C";
  return {.name = "codes", .columns = {code}, .primary_key = {"code"}};
}

schema::Table identifiers() {
  return {
      .name = "order",
      .columns = {column("select", type(TypeKind::integer)), column("group", enumeration({"it's", "a\\b", "c\"d"}))},
      .primary_key = {"select"},
      .uniques = {{.name = "uq_order_group", .columns = {"group"}}},
      .indexes = {{.name = "idx_order_group_select", .parts = {{.column = "group"}, {.column = "select"}}}}};
}

schema::Table indexed() {
  return {
      .name = "events",
      .columns = {id(), column("kind", type(TypeKind::string, 40)), column("at", type(TypeKind::timestamp))},
      .primary_key = {"id"},
      .indexes = {{.name = "idx_events_kind_at", .parts = {{.column = "kind"}, {.column = "at", .descending = true}}},
                  {.name = "idx_events_at", .parts = {{.column = "at"}}, .unique = true}}};
}

}  // namespace

std::vector<Case> table_cases() {
  const schema::Column number = column("number", type(TypeKind::integer));
  const schema::Column letter = column("letter", type(TypeKind::character, 1));
  return {
      create("minimal", {.name = "numbers", .columns = {number}, .primary_key = {"number"}}),
      create("identity", {.name = "tickets", .columns = {id(), number}, .primary_key = {"id"}}),
      create("without_key", {.name = "numbers", .columns = {nullable(number)}}),
      create("composite_key", {.name = "seats", .columns = {letter, number}, .primary_key = {"letter", "number"}}),
      create("every_type", every_type()),
      create("every_type_nullable", every_type_nullable()),
      create("defaults", defaults()),
      create("uniques", {.name = "seats",
                         .columns = {id(), letter, number},
                         .primary_key = {"id"},
                         .uniques = {{.name = "uq_seats_number", .columns = {"number"}},
                                     {.name = "uq_seats_letter_number", .columns = {"letter", "number"}}}}),
      create("checks", {.name = "seats",
                        .columns = {id(), letter, number},
                        .primary_key = {"id"},
                        .checks = {{.name = "ck_seats_number", .expression = "number > 0"},
                                   {.name = "ck_seats_letter", .expression = "letter IN ('A', 'B') OR number > 9"}}}),
      create("foreign_keys", foreign_keys(), shop()),
      create("indexes", indexed()),
      create("generated", generated()),
      create("comments", comments()),
      create("collation", collation()),
      create("quoting", identifiers()),
      {"drop_table", shop(), schema::Operation{schema::DropTable{"order_items"}}},
      {"rename_table", shop(), schema::Operation{schema::RenameTable{"users", "people"}}},
      {"rename_table_with_enumeration", shop(), schema::Operation{schema::RenameTable{"products", "articles"}}},
  };
}

}  // namespace dbctl::golden
