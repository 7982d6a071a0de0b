#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

namespace dbctl::schema {
namespace {

using namespace testing;

TEST(Apply, createsTablesWithAllTheirParts) {
  const auto schema = shop();
  EXPECT_EQ(schema.at("users"), users());
  EXPECT_EQ(schema.at("orders"), orders());
}

TEST(Apply, keepsDefaultsInTheTypesCanonicalForm) {
  Table table{.name = "t", .columns = {column("price", decimal(12, 2)), nullable("note", text)}, .primary_key = {}};
  table.columns[0].default_value = default_to(std::int64_t{0});
  table.columns[1].default_value = default_to(Null{});
  const auto schema = apply({}, op(CreateTable{table}));
  EXPECT_EQ(schema.at("t").columns[0].default_value, default_to(Decimal{"0.00"}));
  EXPECT_EQ(schema.at("t").columns[1].default_value, Default{});
}

TEST(Apply, addsAltersAndDropsColumns) {
  auto schema = apply(shop(), op(AddColumn{.table = "users",
                                           .column = nullable("age", integer),
                                           .uniques = {{"uq_users_age", {"age"}}},
                                           .checks = {{"ck_users_age", "age > 0"}}}));
  EXPECT_EQ(schema.at("users").columns.back().name, "age");
  EXPECT_EQ(schema.at("users").uniques.back().name, "uq_users_age");
  EXPECT_EQ(schema.at("users").checks.back().name, "ck_users_age");

  schema = apply(schema, op(AlterColumn{"users", nullable("age", bigint)}));
  EXPECT_EQ(schema.at("users").find_column("age")->type, bigint);

  schema = apply(schema, op(DropColumn{"users", "age"}));
  EXPECT_EQ(schema, shop());
}

TEST(Apply, dropsWhatNamesADroppedColumn) {
  const auto schema = apply(shop(), op(DropColumn{"orders", "total"}));
  const auto& table = schema.at("orders");
  EXPECT_EQ(table.find_column("total"), nullptr);
  EXPECT_TRUE(table.checks.empty());
  ASSERT_EQ(table.indexes.size(), 1U);  // the partial index named it in its condition
  EXPECT_EQ(table.indexes[0].name, "idx_orders_user_id");
  EXPECT_EQ(table.foreign_keys.size(), 2U);
}

TEST(Apply, renamesAColumnWhereverItStands) {
  auto schema = apply(shop(), op(AddColumn{"orders",
                                           {.name = "half",
                                            .type = decimal(12, 2),
                                            .nullable = true,
                                            .generated = {.expression = "orders.total / 2", .stored = true}}}));
  schema = apply(schema, op(RenameColumn{"orders", "total", "amount"}));
  schema = apply(schema, op(RenameColumn{"users", "id", "key"}));
  const auto& table = schema.at("orders");
  EXPECT_EQ(table.checks[0].expression, "amount >= 0 AND note <> 'total'");
  EXPECT_EQ(table.checks[0].name, "ck_orders_total");
  EXPECT_EQ(table.indexes[1].where, "amount > 0");
  EXPECT_EQ(table.find_column("half")->generated.expression, "orders.amount / 2");
  EXPECT_EQ(table.foreign_keys[0].references_columns, std::vector<std::string>{"key"});
  EXPECT_EQ(table.foreign_keys[1].references_columns, std::vector<std::string>{"id"});
  EXPECT_EQ(schema.at("users").primary_key, std::vector<std::string>{"key"});
}

TEST(Apply, renamesATableInForeignKeysAndQualifiedExpressionsButNotInGeneratedNames) {
  auto schema = apply(shop(), op(AddCheck{"users", {"ck_users_nick", "users.nick <> 'users.nick'"}}));
  schema = apply(schema, op(RenameTable{"users", "people"}));
  EXPECT_EQ(schema.find("users"), nullptr);
  EXPECT_EQ(schema.at("people").name, "people");
  EXPECT_EQ(schema.at("people").uniques[0].name, "uq_users_email");
  EXPECT_EQ(schema.at("people").checks[0].expression, "people.nick <> 'users.nick'");
  EXPECT_EQ(schema.at("orders").foreign_keys[0].references, "people");

  schema = apply(schema, op(RenameTable{"orders", "sales"}));
  EXPECT_EQ(schema.at("sales").foreign_keys[1].references, "sales");
}

TEST(Apply, addsAndDropsConstraintsAndIndexes) {
  auto schema = shop();
  schema = apply(schema, op(AddUnique{"orders", {"uq_orders_note", {"note", "user_id"}}}));
  schema = apply(schema, op(AddCheck{"users", {"ck_users_email", "email <> ''"}}));
  schema =
      apply(schema,
            op(CreateIndex{
                "users", {.name = "idx_users_nick", .parts = {{.expression = "lower(nick)"}}, .concurrently = true}}));
  EXPECT_EQ(schema.at("orders").uniques.size(), 1U);
  EXPECT_EQ(schema.at("users").checks.size(), 1U);
  EXPECT_FALSE(schema.at("users").indexes[0].concurrently);
  schema = apply(schema, op(DropUnique{"orders", "uq_orders_note"}));
  schema = apply(schema, op(DropCheck{"users", "ck_users_email"}));
  schema = apply(schema, op(DropIndex{"users", "idx_users_nick"}));
  EXPECT_EQ(schema, shop());
  schema = apply(schema, op(DropForeignKey{"orders", "fk_orders_user_id"}));
  schema = apply(schema, op(DropTable{"users"}));
  EXPECT_EQ(schema.tables.size(), 1U);
}

TEST(Apply, letsAUniqueIndexBeReferenced) {
  auto schema =
      apply(shop(), op(CreateIndex{"users", {.name = "idx_nick", .parts = {{.column = "nick"}}, .unique = true}}));
  const AddForeignKey key{
      "orders", {.name = "fk_note", .columns = {"note"}, .references = "users", .references_columns = {"nick"}}};
  schema = apply(schema, op(key));
  EXPECT_EQ(schema.at("orders").foreign_keys.size(), 3U);
  EXPECT_EQ(refused(schema, DropIndex{"users", "idx_nick"}),
            "DBCTL-SCH-001: idx_nick cannot be dropped: orders.note references users.nick\n"
            "  where: drop_index users.idx_nick\n"
            "  next: Drop the foreign key fk_note of orders first.\n");
}

TEST(Apply, leavesTheModelToDataAndRawSql) {
  const auto schema = shop();
  const Row row{std::int64_t{1}, std::string("a@example.org")};
  EXPECT_EQ(apply(schema, op(RawSql{"truncate everything"})), schema);
  EXPECT_EQ(apply(schema, op(InsertRows{"users", {"id", "email"}, {row}})), schema);
  EXPECT_EQ(apply(schema, op(DeleteRows{"users", {"id", "email"}, {row}})), schema);
  EXPECT_EQ(apply(schema, op(Backfill{.table = "users", .assignments = {{"nick", "email"}}})), schema);
}

TEST(Apply, saysWhereTheOperationStands) {
  const Operation there{.what = DropTable{"user"}, .origin = {.file = "migrations/x.cpp", .line = 12, .column = 3}};
  EXPECT_EQ(problem([&] { apply(shop(), there); }),
            "DBCTL-SCH-001: no earlier migration creates user\n"
            "  where: migrations/x.cpp:12:3, drop_table user\n"
            "  next: did you mean \"users\"?\n");
}

TEST(Apply, neverSeesOnly) {
  EXPECT_EQ(refused(shop(), Only{"null", {}}),
            "DBCTL-BUG-001: apply was given on(null), which schema::select takes out first\n"
            "  where: on(null) nothing\n");
}

TEST(Select, takesOperationsForTheTargets) {
  const auto a = op(DropTable{"a"}), b = op(DropTable{"b"}), c = op(DropTable{"c"}), d = op(DropTable{"d"});
  const std::vector<Operation> all{a, op(Only{"one", {b, op(Only{"sub", {c}})}}), op(Only{"two", {d}})};
  EXPECT_EQ(select(all, {"one"}), (std::vector{a, b}));
  EXPECT_EQ(select(all, {"one", "sub"}), (std::vector{a, b, c}));
  EXPECT_EQ(select(all, {"two"}), (std::vector{a, d}));
  EXPECT_EQ(select(all, {}), (std::vector{a}));
  EXPECT_EQ(targets_named(all), (std::vector<std::string>{"one", "sub", "two"}));
}

}  // namespace
}  // namespace dbctl::schema
