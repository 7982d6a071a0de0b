#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

namespace dbctl::schema {
namespace {

using namespace testing;
using Operations = std::vector<Operation>;

const Value one = std::int64_t{1};
const Value mail = std::string("a@example.org");

Operations back(Operation::Variant what) {
  return inverse(op(std::move(what)), shop());
}
Operations only_one(Operation::Variant what) {
  return {op(std::move(what))};
}

TEST(Inverse, ofTables) {
  EXPECT_EQ(back(CreateTable{{.name = "t", .columns = {column("a", integer)}, .primary_key = {}}}),
            only_one(DropTable{"t"}));
  EXPECT_EQ(back(DropTable{"orders"}), only_one(CreateTable{orders()}));
  EXPECT_EQ(back(RenameTable{"users", "people"}), only_one(RenameTable{"people", "users"}));
}

TEST(Inverse, ofColumns) {
  EXPECT_EQ(back(AddColumn{"users", nullable("age", integer)}), only_one(DropColumn{"users", "age"}));
  EXPECT_EQ(back(AlterColumn{"users", nullable("nick", string(20)), "substr(nick, 1, 20)"}),
            only_one(AlterColumn{"users", nullable("nick", text)}));
  EXPECT_EQ(back(RenameColumn{"users", "nick", "name"}), only_one(RenameColumn{"users", "name", "nick"}));
}

TEST(Inverse, ofAnAddedColumnDropsTheConstraintsThatDoNotNameIt) {
  EXPECT_EQ(back(AddColumn{.table = "users",
                           .column = nullable("age", integer),
                           .uniques = {{"uq_age", {"age"}}, {"uq_nick", {"nick"}}},
                           .checks = {{"ck_age", "age > 0"}, {"ck_nick", "nick <> 'age'"}}}),
            (Operations{op(DropCheck{"users", "ck_nick"}), op(DropUnique{"users", "uq_nick"}),
                        op(DropColumn{"users", "age"})}));
}

TEST(Inverse, ofADroppedColumnBringsBackAllThatWentAlong) {
  EXPECT_EQ(
      back(DropColumn{"orders", "user_id"}),
      (Operations{
          op(AddColumn{
              .table = "orders", .column = column("user_id", integer), .foreign_keys = {orders().foreign_keys[0]}}),
          op(CreateIndex{"orders", orders().indexes[0]}), op(CreateIndex{"orders", orders().indexes[1]})}));
  EXPECT_EQ(back(DropColumn{"orders", "total"}),
            (Operations{
                op(AddColumn{.table = "orders", .column = column("total", decimal(12, 2)), .checks = orders().checks}),
                op(CreateIndex{"orders", orders().indexes[1]})}));
}

TEST(Inverse, ofConstraintsAndIndexes) {
  const auto key = orders().foreign_keys[0];
  const Index index{.name = "idx", .parts = {{.column = "nick"}}, .concurrently = true};
  EXPECT_EQ(back(AddForeignKey{"orders", key}), only_one(DropForeignKey{"orders", key.name}));
  EXPECT_EQ(back(DropForeignKey{"orders", key.name}), only_one(AddForeignKey{"orders", key}));
  EXPECT_EQ(back(AddCheck{"users", {"ck", "id > 0"}}), only_one(DropCheck{"users", "ck"}));
  EXPECT_EQ(back(DropCheck{"orders", "ck_orders_total"}), only_one(AddCheck{"orders", orders().checks[0]}));
  EXPECT_EQ(back(AddUnique{"users", {"uq", {"nick"}}}), only_one(DropUnique{"users", "uq"}));
  EXPECT_EQ(back(DropUnique{"users", "uq_users_email"}), only_one(AddUnique{"users", users().uniques[0]}));
  EXPECT_EQ(back(CreateIndex{"users", index}), only_one(DropIndex{"users", "idx", true}));
  auto concurrent = orders().indexes[1];
  concurrent.concurrently = true;
  EXPECT_EQ(back(DropIndex{"orders", concurrent.name, true}), only_one(CreateIndex{"orders", concurrent}));
  EXPECT_EQ(back(DropIndex{"orders", concurrent.name}), only_one(CreateIndex{"orders", orders().indexes[1]}));
}

TEST(Inverse, ofInsertedRowsDeletesThemByTheirKey) {
  EXPECT_EQ(back(InsertRows{"users", {"email", "id"}, {{mail, one}}}), only_one(DeleteRows{"users", {"id"}, {{one}}}));
  auto schema = apply(shop(), op(AlterColumn{"users", {.name = "id", .type = integer, .auto_increment = true}}));
  const auto insert = op(InsertRows{"users", {"nick", "email"}, {{Null{}, mail}}});
  EXPECT_EQ(inverse(insert, schema), only_one(DeleteRows{"users", {"email"}, {{mail}}}));
}

TEST(Inverse, ofInsertedRowsFallsBackToAllColumnsWhereNoKeyIsWhole) {
  auto schema = apply(shop(), op(AlterColumn{"users", {.name = "id", .type = integer, .auto_increment = true}}));
  schema = apply(schema, op(AlterColumn{"users", nullable("email", string(120))}));
  const auto insert = op(InsertRows{"users", {"nick", "email"}, {{mail, mail}, {mail, Null{}}}});
  EXPECT_EQ(inverse(insert, schema), only_one(DeleteRows{"users", {"nick", "email"}, {{mail, Null{}}, {mail, mail}}}));
}

TEST(Inverse, ofDeletedRowsThatAreWhole) {
  EXPECT_EQ(back(DeleteRows{"users", {"id", "email", "nick"}, {{one, mail, mail}}}),
            only_one(InsertRows{"users", {"id", "email", "nick"}, {{one, mail, mail}}}));
}

TEST(Inverse, ofRawSqlAndBackfillsAsWritten) {
  EXPECT_EQ(back(RawSql{"vacuum", "analyze", true}), only_one(RawSql{"analyze", "vacuum", true}));
  EXPECT_EQ(back(Backfill{.table = "users",
                          .assignments = {{"nick", "email"}},
                          .where = "id > 5",
                          .reversed_by = {{"nick", "NULL"}},
                          .batch = 10}),
            only_one(Backfill{.table = "users",
                              .assignments = {{"nick", "NULL"}},
                              .where = "id > 5",
                              .reversed_by = {{"nick", "email"}},
                              .batch = 10}));
  EXPECT_EQ(back(Backfill{.table = "users", .assignments = {{"nick", "email"}}, .keeps_data = true}), Operations{});
}

TEST(Inverse, keepsTheOrigin) {
  const Operation there{.what = DropTable{"orders"}, .origin = {.file = "x.cpp", .line = 4, .column = 0}};
  EXPECT_EQ(inverse(there, shop())[0].origin.text(), "x.cpp:4");
}

TEST(Inverse, ofAListRunsBackwardsOverTheGrowingModel) {
  const Operations forth{op(AddColumn{"users", nullable("age", integer)}),
                         op(CreateIndex{"users", {.name = "idx_age", .parts = {{.column = "age"}}}}),
                         op(RenameColumn{"users", "age", "years"}), op(DropColumn{"users", "years"})};
  EXPECT_EQ(inverse(forth, shop()),
            (Operations{op(AddColumn{"users", nullable("years", integer)}),
                        op(CreateIndex{"users", {.name = "idx_age", .parts = {{.column = "years"}}}}),
                        op(RenameColumn{"users", "years", "age"}), op(DropIndex{"users", "idx_age"}),
                        op(DropColumn{"users", "age"})}));
}

TEST(Inverse, ofOnlyStaysForThatDatabase) {
  const Operations forth{
      op(Only{"one", {op(AddColumn{"users", nullable("age", integer)})}}),
      op(Only{"one", {op(AlterColumn{"users", nullable("age", bigint)}), op(DropColumn{"users", "age"})}}),
      op(AddCheck{"users", {"ck", "id > 0"}})};
  EXPECT_EQ(inverse(forth, shop()), (Operations{op(DropCheck{"users", "ck"}),
                                                op(Only{"one",
                                                        {op(AddColumn{"users", nullable("age", bigint)}),
                                                         op(AlterColumn{"users", nullable("age", integer)})}}),
                                                op(Only{"one", {op(DropColumn{"users", "age"})}})}));
}

TEST(Irreversible, namesTheWaysOut) {
  EXPECT_EQ(problem([] {
              inverse({.what = RawSql{"vacuum"}, .origin = {"x.cpp", 3, 1}}, {});
            }),
            "DBCTL-SCH-002: a statement of raw SQL has no way back\n"
            "  where: x.cpp:3:1, sql vacuum\n"
            "  why: vacuum\n"
            "  next: Write the way back with down(...) in the migration.\n"
            "  next: Or add .reversed_by(\"...\") to the sql(...).\n");
  EXPECT_EQ(problem([] {
              back(Backfill{.table = "users", .assignments = {{"nick", "1"}}});
            }),
            "DBCTL-SCH-002: the backfill of users has no way back\n"
            "  where: backfill users.nick\n"
            "  why: the values before it are not known\n"
            "  next: Write the way back with down(...) in the migration.\n"
            "  next: Or add .reversed_by(...) to the backfill, or .keeps_data() when the down may leave the data as it "
            "is.\n");
  EXPECT_EQ(problem([] {
              back(Backfill{.table = "users",
                            .assignments = {{"nick", "email"}},
                            .where = "nick IS NULL",
                            .reversed_by = {{"nick", "NULL"}}});
            }),
            "DBCTL-SCH-002: the backfill of users has no way back\n"
            "  where: backfill users.nick\n"
            "  why: its condition names nick, which it changes: the rows cannot be found again by it\n"
            "  next: Write the way back with down(...) in the migration.\n"
            "  next: Or make the condition one that the backfill does not change.\n");
  EXPECT_EQ(problem([] {
              back(DeleteRows{"users", {"id"}, {{one}}});
            }),
            "DBCTL-SCH-002: the rows deleted from users cannot be brought back\n"
            "  where: delete_rows users (1 row)\n"
            "  why: their email, nick are not in the migration\n"
            "  next: Write the way back with down(...) in the migration.\n");
  EXPECT_EQ(problem([] {
              back(DropIndex{"users", "idx"});
            }),
            "DBCTL-SCH-001: users has nothing called idx\n  where: drop_index users.idx\n");
}

std::vector<std::string> lost(Operation::Variant what) {
  return losses(op(std::move(what)), shop());
}
std::vector<std::string> lost_by(Type from, Type to) {
  const auto before =
      apply({}, op(CreateTable{{.name = "t", .columns = {column("a", std::move(from))}, .primary_key = {}}}));
  return losses(op(AlterColumn{"t", column("a", std::move(to))}), before);
}

TEST(Losses, areNamed) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(lost(DropTable{"orders"}), Lines{"the rows of orders"});
  EXPECT_EQ(lost(DropColumn{"users", "nick"}), Lines{"the values of users.nick"});
  EXPECT_EQ(lost(AlterColumn{"users", nullable("nick", string(20)), "left(nick, 20)"}),
            Lines{"the values of users.nick from before the conversion left(nick, 20)"});
  EXPECT_EQ(lost(Backfill{.table = "users", .assignments = {{"nick", "1"}}, .keeps_data = true}),
            Lines{"the values of users.nick from before the backfill"});
  EXPECT_EQ(lost(Only{"one", {op(DropColumn{"users", "nick"}), op(DropTable{"orders"})}}),
            (Lines{"the values of users.nick", "the rows of orders"}));
  EXPECT_EQ(lost(CreateTable{{.name = "t"}}), Lines{});
  EXPECT_EQ(lost(DropUnique{"users", "uq_users_email"}), Lines{});
  EXPECT_EQ(lost(InsertRows{"users", {"id"}, {{one}}}), Lines{});
}

TEST(Losses, ofAChangedTypeAreThoseItDoesNotHold) {
  using Lines = std::vector<std::string>;
  const Type binary16{.kind = TypeKind::binary, .size = 16};
  const Type two{.kind = TypeKind::enumeration, .values = {"a", "b"}};
  const Type three{.kind = TypeKind::enumeration, .values = {"c", "b", "a"}};
  EXPECT_EQ(lost_by(integer, kind(TypeKind::smallint)), Lines{"what smallint does not hold of t.a, which was integer"});
  EXPECT_EQ(lost_by(integer, bigint), Lines{});
  EXPECT_EQ(lost_by(decimal(12, 2), decimal(12, 4)),
            Lines{"what decimal<12,4> does not hold of t.a, which was decimal<12,2>"});
  EXPECT_EQ(lost_by(decimal(12, 2), decimal(14, 4)), Lines{});
  EXPECT_EQ(lost_by(string(20), string(10)), Lines{"what string(10) does not hold of t.a, which was string(20)"});
  EXPECT_EQ(lost_by(string(20), text), Lines{});
  EXPECT_EQ(lost_by(text, string(20)), Lines{"what string(20) does not hold of t.a, which was text"});
  EXPECT_EQ(lost_by(two, three), Lines{});
  EXPECT_EQ(lost_by(three, two),
            Lines{"what enumeration('a','b') does not hold of t.a, which was enumeration('c','b','a')"});
  EXPECT_EQ(lost_by(binary16, kind(TypeKind::binary)), Lines{});
  EXPECT_EQ(lost_by(kind(TypeKind::binary), binary16), Lines{"what binary(16) does not hold of t.a, which was binary"});
  EXPECT_EQ(lost_by(kind(TypeKind::real), kind(TypeKind::double_)), Lines{});
  EXPECT_EQ(lost_by(text, kind(TypeKind::json)), Lines{"what json does not hold of t.a, which was text"});
}

}  // namespace
}  // namespace dbctl::schema
