#include "golden/cases.hpp"

namespace dbctl::golden {
namespace {

using schema::TypeKind;

Case add(std::string name, schema::AddColumn op) {
  op.table = "products";
  return {.name = "add_column_" + std::move(name), .setup = shop(), .what = schema::Operation{std::move(op)}};
}

Case add(std::string name, schema::Column added) {
  return add(std::move(name), schema::AddColumn{.column = std::move(added)});
}

Case alter(std::string name, schema::Column altered, std::string table = "products", std::string conversion = {}) {
  return {.name = "alter_column_" + std::move(name),
          .setup = shop(),
          .what = schema::Operation{schema::AlterColumn{
              .table = std::move(table), .column = std::move(altered), .using_expression = std::move(conversion)}}};
}

schema::Column commented(schema::Column column) {
  column.comment = "pieces in the warehouse";
  return column;
}

std::vector<Case> add_cases() {
  auto generated = nullable(column("total", type(TypeKind::decimal, 14, 2)));
  generated.generated = {.expression = "price * stock", .stored = true};
  auto computed = nullable(column("twice", type(TypeKind::integer)));
  computed.generated = {.expression = "stock * 2"};
  return {
      add("nullable", nullable(column("weight", type(TypeKind::integer)))),
      add("not_null", column("weight", type(TypeKind::integer))),
      add("default", with_default(column("weight", type(TypeKind::integer)), std::int64_t{1})),
      add("default_now", with_default_now(column("created_at", type(TypeKind::timestamp)))),
      add("unique", {.column = nullable(column("ean", type(TypeKind::string, 13))),
                     .uniques = {{.name = "uq_products_ean", .columns = {"ean"}}}}),
      add("check", {.column = with_default(column("weight", type(TypeKind::integer)), std::int64_t{1}),
                    .checks = {{.name = "ck_products_weight", .expression = "weight > 0"}}}),
      add("reference", {.column = nullable(column("owner_id", type(TypeKind::uuid))),
                        .foreign_keys = {{.name = "fk_products_owner_id",
                                          .columns = {"owner_id"},
                                          .references = "users",
                                          .references_columns = {"id"},
                                          .on_delete = schema::Action::cascade}}}),
      add("json", nullable(column("attributes", type(TypeKind::json)))),
      add("text_array", nullable(column("tags", type(TypeKind::text_array)))),
      add("enumeration", with_default(column("size", enumeration({"small", "large"})), std::string("small"))),
      add("generated_stored", generated),
      add("generated_virtual", computed),
      add("comment", commented(nullable(column("pieces", type(TypeKind::integer))))),
  };
}

std::vector<Case> alter_cases() {
  const auto stock = with_default(column("stock", type(TypeKind::integer)), std::int64_t{0});
  const auto name = column("name", type(TypeKind::string, 200));
  auto collated = name;
  collated.collation = "C";
  auto bigger = stock;
  bigger.type = type(TypeKind::bigint);
  auto textual = with_default(column("stock", type(TypeKind::string, 20)), std::string("none"));
  return {
      alter("type", bigger),
      alter("type_longer", column("name", type(TypeKind::string, 400))),
      alter("type_shorter", column("name", type(TypeKind::string, 20))),
      alter("type_using", column("price", type(TypeKind::bigint)), "products", "price * 100"),
      alter("type_and_default", textual),
      alter("type_of_key", column("line", type(TypeKind::bigint)), "order_items"),
      alter("not_null", column("description", type(TypeKind::text))),
      alter("nullable", nullable(name)),
      alter("default_set", with_default(name, std::string("it's new"))),
      alter("default_change", with_default(stock, std::int64_t{5})),
      alter("default_drop", column("stock", type(TypeKind::integer))),
      alter("default_expression", with_default_expression(stock, "1 + 2")),
      alter("enumeration_values",
            with_default(column("status", enumeration({"draft", "active", "retired"})), std::string("draft"))),
      alter("collation", collated),
      alter("comment", commented(stock)),
      alter("everything", nullable(commented(textual))),
      alter("nothing", stock),
  };
}

}  // namespace

std::vector<Case> column_cases() {
  std::vector<Case> all = add_cases();
  for (auto& some : alter_cases()) all.push_back(std::move(some));
  const auto drop = [](std::string name, std::string column) {
    return Case{"drop_column" + name, shop(), schema::Operation{schema::DropColumn{"products", std::move(column)}}};
  };
  const auto rename = [](std::string name, std::string from, std::string to) {
    return Case{"rename_column" + name, shop(),
                schema::Operation{schema::RenameColumn{"products", std::move(from), std::move(to)}}};
  };
  for (auto& some :
       {drop("", "description"), drop("_indexed", "name"), drop("_unique", "sku"), drop("_reference", "category_id"),
        drop("_enumeration", "status"), rename("", "description", "details"), rename("_indexed", "name", "title"),
        rename("_enumeration", "status", "state"), rename("_reference", "category_id", "section_id")})
    all.push_back(some);
  return all;
}

}  // namespace dbctl::golden
