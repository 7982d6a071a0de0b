#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

namespace dbctl::schema {
namespace {

using namespace testing;

TEST(Canonical, showsASchemaFactByFact) {
  EXPECT_EQ(canonical(shop()), R"(table "orders"
  column "id" integer
  column "note" text nullable
  column "parent_id" integer nullable
  column "total" decimal<12,2>
  column "user_id" integer
  primary_key ("id")
  foreign_key "fk_orders_parent_id" ("parent_id") references "orders" ("id") on_delete set_null
  foreign_key "fk_orders_user_id" ("user_id") references "users" ("id")
  check "ck_orders_total" "total >= 0 AND note <> 'total'"
  index "idx_orders_open" ("user_id") where "total > 0"
  index "idx_orders_user_id" ("user_id")
table "users"
  column "email" string(120)
  column "id" integer
  column "nick" text nullable
  primary_key ("id")
  unique "uq_users_email" ("email")
)");
  EXPECT_EQ(canonical(Schema{}), "");
}

TEST(Canonical, leavesOutPositionAndHowAnIndexIsBuilt) {
  auto other = shop();
  auto& table = *other.find("orders");
  std::swap(table.columns.front(), table.columns.back());
  std::swap(table.indexes.front(), table.indexes.back());
  std::swap(table.foreign_keys.front(), table.foreign_keys.back());
  table.indexes[0].concurrently = true;
  EXPECT_EQ(canonical(other), canonical(shop()));
}

TEST(Canonical, showsEveryPropertyOfColumnsAndIndexes) {
  Schema schema;
  auto& table = schema.tables["t"];
  table = {.name = "t", .columns = {}, .primary_key = {"a", "b"}, .comment = "two\nlines \"quoted\" \\"};
  table.columns = {{.name = "a", .type = bigint, .auto_increment = true},
                   {.name = "b", .type = decimal(5, 1), .default_value = default_to(std::int64_t{3}), .comment = "c"},
                   {.name = "c", .type = text, .nullable = true, .default_value = {.kind = Default::Kind::now}},
                   {.name = "d",
                    .type = {.kind = TypeKind::enumeration, .values = {"x", "y\n"}},
                    .default_value = {.kind = Default::Kind::expression, .expression = "f()"},
                    .collation = "C"},
                   {.name = "e", .type = text, .generated = {.expression = "a || b", .stored = true}}};
  table.columns.push_back({.name = "f", .type = text});
  table.columns.back().generated.expression = "a";
  table.indexes = {{.name = "i",
                    .parts = {{.column = "a", .descending = true}, {.expression = "lower(c)"}},
                    .unique = true,
                    .method = "gin"},
                   {.name = "j", .parts = {{.column = "c"}}, .fulltext = true}};
  EXPECT_EQ(canonical(schema), R"~(table "t"
  comment "two\x0alines \"quoted\" \\"
  column "a" bigint auto_increment
  column "b" decimal<5,1> default decimal "3.0" comment "c"
  column "c" text nullable default now
  column "d" enumeration("x", "y\x0a") default sql "f()" collation "C"
  column "e" text generated "a || b" stored
  column "f" text generated "a"
  primary_key ("a", "b")
  index "i" ("a" descending, sql "lower(c)") unique method "gin"
  index "j" ("c") fulltext
)~");
}

TEST(Canonical, showsEveryOperation) {
  const std::int64_t n = 7;
  const std::vector<Operation> operations{
      op(CreateTable{users()}),
      op(DropTable{"a"}),
      op(RenameTable{"a", "b"}),
      op(AddColumn{.table = "t",
                   .column = nullable("c", integer),
                   .uniques = {{"uq", {"c"}}},
                   .checks = {{"ck", "c > 0"}},
                   .foreign_keys = {{.name = "fk",
                                     .columns = {"c"},
                                     .references = "u",
                                     .references_columns = {"id"},
                                     .on_delete = Action::restricted,
                                     .on_update = Action::cascade}}}),
      op(AlterColumn{"t", column("c", text), "c::text"}),
      op(DropColumn{"t", "c"}),
      op(RenameColumn{"t", "c", "d"}),
      op(AddForeignKey{"t",
                       {.name = "fk",
                        .columns = {"c"},
                        .references = "u",
                        .references_columns = {"id"},
                        .on_delete = Action::set_default}}),
      op(DropForeignKey{"t", "fk"}),
      op(AddCheck{"t", {"ck", "c > 0"}}),
      op(DropCheck{"t", "ck"}),
      op(AddUnique{"t", {"uq", {"c", "d"}}}),
      op(DropUnique{"t", "uq"}),
      op(CreateIndex{"t", {.name = "i", .parts = {{.column = "c"}}, .concurrently = true}}),
      op(DropIndex{"t", "i", true}),
      op(RawSql{"update t\nset c = 1", "select 1", true}),
      op(InsertRows{"t",
                    {"a"},
                    {{Null{}, true, n, 0.5, std::string("O'Hara")},
                     {Decimal{"1.50"}, Uuid{"u"}, Date{"d"}, Time{"t"}, Timestamp{"s"}},
                     {Json{"{}"}, TextArray{{"x", "y"}}, Bytes{"\xff"}}}}),
      op(DeleteRows{"t", {"a"}, {{n}}}),
      op(Backfill{.table = "t", .assignments = {{"c", "d + 1"}}, .where = "d > 0", .reversed_by = {{"c", "d"}}}),
      op(Backfill{.table = "t", .assignments = {{"c", "d"}}, .keeps_data = true}),
      op(Only{"one", {op(DropTable{"x"}), op(Only{"two", {op(RawSql{"y"})}})}}),
  };
  EXPECT_EQ(canonical(operations), R"(create_table "users"
  column "id" integer
  column "email" string(120)
  column "nick" text nullable
  primary_key ("id")
  unique "uq_users_email" ("email")
drop_table "a"
rename_table "a" "b"
add_column "t"
  column "c" integer nullable
  unique "uq" ("c")
  check "ck" "c > 0"
  foreign_key "fk" ("c") references "u" ("id") on_delete restricted on_update cascade
alter_column "t"
  column "c" text
  using "c::text"
drop_column "t" "c"
rename_column "t" "c" "d"
add "t" foreign_key "fk" ("c") references "u" ("id") on_delete set_default
drop_foreign_key "t" "fk"
add "t" check "ck" "c > 0"
drop_check "t" "ck"
add "t" unique "uq" ("c", "d")
drop_unique "t" "uq"
add "t" index "i" ("c") concurrently
drop_index "t" "i" concurrently
sql "update t\x0aset c = 1"
  reversed_by "select 1"
  outside_transaction
insert_rows "t" ("a")
  row (null, true, whole 7, binary 0.5, text "O'Hara")
  row (decimal "1.50", uuid "u", date "d", time "t", timestamp "s")
  row (json "{}", text_array("x", "y"), bytes "ff")
delete_rows "t" ("a")
  row (whole 7)
backfill "t"
  set "c" "d + 1"
  where "d > 0"
  reversed_by "c" "d"
backfill "t"
  set "c" "d"
  keeps_data
on "one"
  drop_table "x"
  on "two"
    sql "y"
)");
}

TEST(Canonical, ofOperationsKeepsOrderButNotOriginsAndBatches) {
  const auto a = op(DropTable{"a"}), b = op(DropTable{"b"});
  EXPECT_NE(canonical(std::vector{a, b}), canonical(std::vector{b, a}));
  const Operation moved{.what = DropTable{"a"}, .origin = {"x.cpp", 9, 9}};
  EXPECT_EQ(canonical(std::vector{a}), canonical(std::vector{moved}));
  EXPECT_EQ(canonical({op(Backfill{.table = "t", .batch = 1})}), canonical({op(Backfill{.table = "t", .batch = 9})}));
}

}  // namespace
}  // namespace dbctl::schema
