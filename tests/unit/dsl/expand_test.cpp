#include "dbctl/dsl/expand.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"

/// From what authors write to the model's operations.
namespace dbctl::dsl {
namespace {

using ::testing::ElementsAre;

/// The migrations below, by variable: each test's own, newest in front.
Expanded last_migration() {
  return expand(*first_migration);
}
std::string canonical(const Expanded& e) {
  return schema::canonical(e.up) + (e.down ? "down\n" + schema::canonical(*e.down) : "");
}
std::vector<int> lines(const std::vector<schema::Operation>& operations, int from) {
  std::vector<int> out;
  for (const auto& op : operations) out.push_back(op.origin.line - from);
  return out;
}

TEST(Expand, every_column_type_and_modifier) {
  const migration m{create_table(
      "samples", dual_key(), boolean("a").default_to(true), smallint("b").default_to(-3),
      decimal<6, 4>("c").default_to(-0.0750_dec), real("d").default_to(1.5_real), double_("e").default_to(2),
      string("f"), string("g", 20).default_to("it's"), text("h").nullable().default_to(null), character("i", 2),
      uuid("j"), binary("k"), binary("l", 16), date("m").default_now(), time("n"), timestamp("o"), json("p"),
      text_array("q"), enumeration<"new", "paid">("r").default_to("new"), integer("s").default_expression("1 + 2"),
      string("t").collation("C").comment("why"), bigint("u").generated_as("b * 2").stored(),
      integer("v").nullable().generated_as("b"), timestamps())};
  const auto expanded = last_migration();
  ASSERT_EQ(expanded.up.size(), 1U);
  const auto& table = std::get<schema::CreateTable>(expanded.up[0].what).table;
  std::vector<std::string> shown;
  for (const auto& c : table.columns) {
    auto line = c.name + " " + schema::to_text(c.type) + (c.nullable ? " nullable" : "");
    if (c.auto_increment) line += " auto_increment";
    if (c.default_value.kind == schema::Default::Kind::value) line += " = " + to_text(c.default_value.value);
    if (c.default_value.kind == schema::Default::Kind::now) line += " = now";
    if (c.default_value.kind == schema::Default::Kind::expression) line += " = (" + c.default_value.expression + ")";
    if (!c.generated.expression.empty())
      line += (c.generated.stored ? " stored " : " virtual ") + c.generated.expression;
    if (!c.collation.empty()) line += " collation " + c.collation;
    if (!c.comment.empty()) line += " comment " + c.comment;
    shown.push_back(line);
  }
  EXPECT_EQ(text::join(shown, "\n"),
            "id bigint auto_increment\n"
            "uuid uuid\n"
            "a boolean = true\n"
            "b smallint = -3\n"
            "c decimal<6,4> = -0.0750\n"
            "d real = 1.5\n"
            "e double = 2\n"
            "f string(255)\n"
            "g string(20) = it's\n"
            "h text nullable = NULL\n"
            "i character(2)\n"
            "j uuid\n"
            "k binary\n"
            "l binary(16)\n"
            "m date = now\n"
            "n time\n"
            "o timestamp\n"
            "p json\n"
            "q text_array\n"
            "r enumeration('new','paid') = new\n"
            "s integer = (1 + 2)\n"
            "t string(255) collation C comment why\n"
            "u bigint stored b * 2\n"
            "v integer nullable virtual b\n"
            "created_at timestamp = now\n"
            "updated_at timestamp = now");
  EXPECT_THAT(table.primary_key, ElementsAre("id"));
  ASSERT_EQ(table.uniques.size(), 1U);
  EXPECT_EQ(table.uniques[0], (schema::Unique{"uq_samples_uuid", {"uuid"}}));
}

TEST(Expand, names_of_keys_checks_and_indexes_in_a_table) {
  const migration m{create_table(
      "order_items", integer("order_id").references("orders").on_delete(cascade).on_update(restricted),
      integer("line").check("line > 0"), string("sku", 40).unique(), string("email", 80),
      integer("product_id").references("products", "number"), primary_key("order_id", "line"), unique("sku", "line"),
      unique("email").name("one_email"), foreign_key("line", "sku").references("lines", {"number", "code"}),
      foreign_key("email").references("people", "email").on_delete(set_null).name("fk_mail"),
      check("positive", "line >= 0"), index("sku", desc("line")), index(expression("lower(email)")).unique(),
      index("email").where("email <> ''").name("some"), index("email").fulltext(),
      index("line").using_method("hash").concurrently(), comment("what was ordered"))};
  const auto table = std::get<schema::CreateTable>(last_migration().up.at(0).what).table;
  EXPECT_EQ(table.comment, "what was ordered");
  EXPECT_THAT(table.primary_key, ElementsAre("order_id", "line"));
  EXPECT_THAT(table.uniques, ElementsAre(schema::Unique{"uq_order_items_sku", {"sku"}},
                                         schema::Unique{"uq_order_items_sku_line", {"sku", "line"}},
                                         schema::Unique{"one_email", {"email"}}));
  EXPECT_THAT(table.checks, ElementsAre(schema::Check{"ck_order_items_line", "line > 0"},
                                        schema::Check{"ck_order_items_positive", "line >= 0"}));
  using schema::ForeignKey;
  EXPECT_THAT(
      table.foreign_keys,
      ElementsAre(
          ForeignKey{"fk_order_items_order_id", {"order_id"}, "orders", {"id"}, cascade, restricted},
          ForeignKey{"fk_order_items_product_id", {"product_id"}, "products", {"number"}, no_action, no_action},
          ForeignKey{"fk_order_items_line_sku", {"line", "sku"}, "lines", {"number", "code"}, no_action, no_action},
          ForeignKey{"fk_mail", {"email"}, "people", {"email"}, set_null, no_action}));
  using schema::Index;
  EXPECT_THAT(
      table.indexes,
      ElementsAre(
          Index{.name = "idx_order_items_sku_line",
                .parts = {{.column = "sku"}, {.column = "line", .descending = true}}},
          Index{.name = "idx_order_items_expression1", .parts = {{.expression = "lower(email)"}}, .unique = true},
          Index{.name = "some", .parts = {{.column = "email"}}, .where = "email <> ''"},
          Index{.name = "idx_order_items_email", .parts = {{.column = "email"}}, .fulltext = true},
          Index{
              .name = "idx_order_items_line", .parts = {{.column = "line"}}, .concurrently = true, .method = "hash"}));
}

TEST(Expand, long_names_are_shortened_with_a_hash) {
  const migration m{create_index("a_table_with_quite_a_long_name_for_a_table", {"and_a_column_with_one_too", "b"})};
  const auto name = std::get<schema::CreateIndex>(last_migration().up.at(0).what).index.name;
  EXPECT_EQ(name.size(), 63U);
  EXPECT_TRUE(name.starts_with("idx_a_table_with_quite_a_long_name_for_a_table_and_a_c")) << name;
}

TEST(Expand, changes) {
  constexpr int first = __LINE__ + 1;
  const migration m{drop_table("a"),
                    rename_table("b", "c"),
                    add_column("t", string("sku", 40).unique().check("sku <> ''").references("skus", "code")),
                    alter_column("t", bigint("stock").default_to(1)).using_expression("stock * 2"),
                    drop_column("t", "note"),
                    rename_column("t", "x", "y"),
                    add_foreign_key("t", {"a", "b"}).references("u", {"c", "d"}).on_delete(cascade),
                    drop_foreign_key("t", {"a", "b"}),
                    drop_foreign_key("t", "a").name("fk_old"),
                    add_check("t", "positive", "x > 0"),
                    drop_check("t", "positive"),
                    add_unique("t", {"a", "b"}),
                    drop_unique("t", {"a", "b"}),
                    create_index("t", {"a", desc("b")}).unique(),
                    drop_index("t", {"a", "b"}),
                    drop_index("t", "a").name("old").concurrently()};
  const auto up = last_migration().up;
  std::vector<std::string> shown;
  for (const auto& op : up) shown.push_back(schema::summary(op));
  EXPECT_THAT(shown,
              ElementsAre("drop_table a", "rename_table b to c", "add_column t.sku", "alter_column t.stock",
                          "drop_column t.note", "rename_column t.x to y", "add_foreign_key t.fk_t_a_b",
                          "drop_foreign_key t.fk_t_a_b", "drop_foreign_key t.fk_old", "add_check t.ck_t_positive",
                          "drop_check t.ck_t_positive", "add_unique t.uq_t_a_b", "drop_unique t.uq_t_a_b",
                          "create_index t.idx_t_a_b", "drop_index t.idx_t_a_b", "drop_index t.old"));
  EXPECT_THAT(lines(up, first), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  EXPECT_EQ(up[0].origin.file, __FILE__);
  const auto& added = std::get<schema::AddColumn>(up[2].what);
  EXPECT_EQ(added.uniques.at(0).name, "uq_t_sku");
  EXPECT_EQ(added.checks.at(0).name, "ck_t_sku");
  EXPECT_EQ(added.foreign_keys.at(0).name, "fk_t_sku");
  EXPECT_EQ(added.foreign_keys.at(0).references_columns.at(0), "code");
  EXPECT_EQ(std::get<schema::AlterColumn>(up[3].what).using_expression, "stock * 2");
  EXPECT_TRUE(std::get<schema::DropIndex>(up[15].what).concurrently);
}

TEST(Expand, data_and_raw_sql) {
  const migration m{insert("roles").columns("id", "name").row(1, "admin").row(-2, null),
                    insert("prices").columns("price", "rate", "on").row(-9.50_dec, -0.5_real, true),
                    sql("VACUUM").outside_transaction(),
                    sql("GRANT x").reversed_by("REVOKE x"),
                    backfill("t").set("a", "b + 1").set("b", "0").where("a IS NULL").batch(50).reversed_by("a", "NULL"),
                    backfill("t").set("a", "1").keeps_data()};
  const auto up = last_migration().up;
  EXPECT_EQ(std::get<schema::InsertRows>(up.at(0).what),
            (schema::InsertRows{"roles", {"id", "name"}, {{std::int64_t{1}, "admin"}, {std::int64_t{-2}, Null{}}}}));
  EXPECT_EQ(std::get<schema::InsertRows>(up.at(1).what),
            (schema::InsertRows{"prices", {"price", "rate", "on"}, {{Decimal{"-9.50"}, -0.5, true}}}));
  EXPECT_EQ(std::get<schema::RawSql>(up.at(2).what), (schema::RawSql{.sql = "VACUUM", .outside_transaction = true}));
  EXPECT_EQ(std::get<schema::RawSql>(up.at(3).what), (schema::RawSql{.sql = "GRANT x", .reversed_by = "REVOKE x"}));
  EXPECT_EQ(std::get<schema::Backfill>(up.at(4).what), (schema::Backfill{.table = "t",
                                                                         .assignments = {{"a", "b + 1"}, {"b", "0"}},
                                                                         .where = "a IS NULL",
                                                                         .reversed_by = {{"a", "NULL"}},
                                                                         .batch = 50}));
  EXPECT_TRUE(std::get<schema::Backfill>(up.at(5).what).keeps_data);
}

TEST(Expand, on_nests_and_down_follows) {
  constexpr int first = __LINE__ + 2;
  // clang-format off
  const migration m{drop_table("a"),
                    on("postgresql", drop_table("b"),
                       on("other", drop_table("c"))),
                    on("mysql", sql("x")),
                    down(create_table("a", integer("id")),
                         on("mysql", sql("y")))};
  // clang-format on
  const auto expanded = last_migration();
  EXPECT_THAT(lines(expanded.up, first), ElementsAre(0, 1, 3));
  EXPECT_EQ(schema::summary(expanded.up.at(1)), "on(postgresql) drop_table b; on(other) drop_table c");
  ASSERT_TRUE(expanded.down.has_value());
  EXPECT_EQ(expanded.down->size(), 2U);
  EXPECT_THAT(lines(*expanded.down, first), ElementsAre(4, 5));
  EXPECT_EQ(schema::summary(expanded.down->at(1)), "on(mysql) sql y");
  EXPECT_THAT(schema::targets_named(expanded.up), ElementsAre("postgresql", "other", "mysql"));
}

TEST(Expand, an_empty_down_is_a_down) {
  const migration m{drop_table("a"), down()};
  const auto expanded = last_migration();
  ASSERT_TRUE(expanded.down.has_value());
  EXPECT_TRUE(expanded.down->empty());
}

TEST(Expand, the_same_text_every_time) {
  const migration m{create_table("t", integer("id").primary_key()), down(drop_table("t"))};
  EXPECT_EQ(canonical(last_migration()), canonical(last_migration()));
  EXPECT_EQ(canonical(last_migration()),
            schema::canonical(last_migration().up) + "down\n" + schema::canonical(*last_migration().down));
}

TEST(ValueOf, every_literal) {
  EXPECT_EQ(value_of(Literal()), Value(Null{}));
  EXPECT_EQ(value_of(Literal(null)), Value(Null{}));
  EXPECT_EQ(value_of(Literal(true)), Value(true));
  EXPECT_EQ(value_of(Literal(-1)), Value(std::int64_t{-1}));
  EXPECT_EQ(value_of(Literal(INT64_MIN)), Value(INT64_MIN));
  EXPECT_EQ(value_of(Literal(0.10_dec)), Value(Decimal{"0.10"}));
  EXPECT_EQ(value_of(Literal(-0.10_dec)), Value(Decimal{"-0.10"}));
  EXPECT_EQ(value_of(Literal(3.14_real)), Value(3.14));
  EXPECT_EQ(value_of(Literal("a\0b")), Value(std::string("a\0b", 3)));
}

}  // namespace
}  // namespace dbctl::dsl
