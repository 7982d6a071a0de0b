#include <gtest/gtest.h>

#include "unit/schema/shop.hpp"

/// What the fold refuses, with the whole text that the author sees.
namespace dbctl::schema {
namespace {

using namespace testing;

/// The summary and what follows it, without the code and the place.
std::string words(const Schema& before, Operation::Variant what) {
  auto text = refused(before, std::move(what));
  const std::string code = "DBCTL-SCH-001: ";
  EXPECT_TRUE(text.starts_with(code)) << text;
  text.erase(0, code.size());
  const auto where = text.find("  where: ");
  return text.erase(where, text.find('\n', where) - where + 1);
}

std::string creating(Table table) {
  return words(shop(), CreateTable{std::move(table)});
}

Table table_of(std::vector<Column> columns, std::vector<std::string> primary_key = {}) {
  return {.name = "t", .columns = std::move(columns), .primary_key = std::move(primary_key)};
}

Column counting(std::string name, Type type) {
  return {.name = std::move(name), .type = std::move(type), .auto_increment = true};
}

TEST(Refusals, tables) {
  EXPECT_EQ(creating(users()),
            "users was already created\n  next: Change it with add_column and its like, or drop it first.\n");
  EXPECT_EQ(creating({.name = "Users", .columns = {column("id", integer)}, .primary_key = {}}),
            "Users differs from users only in case, which not every database keeps apart\n");
  EXPECT_EQ(creating({.name = "", .columns = {column("id", integer)}, .primary_key = {}}), "the table has no name\n");
  EXPECT_EQ(creating(table_of({})), "t has no columns\n");
  EXPECT_EQ(words(shop(), DropTable{"users"}),
            "users cannot be dropped: orders.user_id references it\n"
            "  next: Drop orders or its foreign key fk_orders_user_id first.\n");
  EXPECT_EQ(words(shop(), DropTable{"user"}), "no earlier migration creates user\n  next: did you mean \"users\"?\n");
  EXPECT_EQ(words({}, DropTable{"user"}), "no earlier migration creates user\n");
  EXPECT_EQ(words(shop(), RenameTable{"users", "orders"}),
            "orders was already created\n  next: Change it with add_column and its like, or drop it first.\n");
  EXPECT_EQ(words(shop(), RenameTable{"products", "goods"}),
            "no earlier migration creates products\n  next: known: orders, users\n");
  EXPECT_EQ(creating({.name = std::string(64, 'x'), .columns = {column("id", integer)}, .primary_key = {}}),
            "the name " + std::string(64, 'x') +
                " is 64 bytes long, 63 are the most that every database keeps\n"
                "  next: Give the table a shorter name.\n");
}

TEST(Refusals, columns) {
  EXPECT_EQ(words(shop(), AddColumn{"users", nullable("Nick", text)}),
            "users.nick was already added\n  next: Take this operation out, or give the column another name.\n");
  EXPECT_EQ(words(shop(), AddColumn{"users", nullable("", text)}), "a column of users has no name\n");
  EXPECT_EQ(words(shop(), AlterColumn{"users", nullable("nik", text)}),
            "users has no column nik\n  next: did you mean \"nick\"?\n");
  EXPECT_EQ(words(shop(), DropColumn{"users", "phone"}), "users has no column phone\n  next: known: email, id, nick\n");
  EXPECT_EQ(words(shop(), RenameColumn{"users", "nick", "email"}),
            "users.nick cannot be renamed: users.email was already added\n  next: Give it another name.\n");
  EXPECT_EQ(words(shop(), RenameColumn{"users", "nik", "name"}),
            "users has no column nik\n  next: did you mean \"nick\"?\n");
  EXPECT_EQ(creating(table_of({column("a", integer), column("A", integer)})), "t has two columns called A\n");
}

TEST(Refusals, droppedColumnsThatAreNeeded) {
  EXPECT_EQ(words(shop(), DropColumn{"orders", "id"}), "orders.id cannot be dropped: it is in the primary key\n");
  const auto schema = apply(
      shop(),
      op(AddColumn{
          .table = "orders",
          .column = nullable("mail", string(120)),
          .foreign_keys = {
              {.name = "fk_mail", .columns = {"mail"}, .references = "users", .references_columns = {"email"}}}}));
  EXPECT_EQ(words(schema, DropColumn{"users", "email"}),
            "users.email cannot be dropped: orders.mail references users.email\n"
            "  next: Drop the foreign key fk_mail of orders first.\n");
  EXPECT_EQ(words(schema, DropUnique{"users", "uq_users_email"}),
            "uq_users_email cannot be dropped: orders.mail references users.email\n"
            "  next: Drop the foreign key fk_mail of orders first.\n");
  const auto one = apply({}, op(CreateTable{table_of({column("a", integer)})}));
  EXPECT_EQ(words(one, DropColumn{"t", "a"}),
            "t.a cannot be dropped: it is the only column\n  next: Drop the table instead.\n");
  auto computed = column("b", integer);
  computed.generated = {.expression = "\"a\" + 1"};
  EXPECT_EQ(words(apply(one, op(AddColumn{"t", computed})), DropColumn{"t", "a"}),
            "t.a cannot be dropped: t.b is computed from it\n  next: Drop t.b first.\n");
}

TEST(Refusals, types) {
  EXPECT_EQ(creating(table_of({column("a", string(0))})), "t.a is string(0), which holds nothing\n");
  EXPECT_EQ(creating(table_of({column("a", decimal(2, 12))})),
            "t.a is decimal<2,12>: the digits after the point are part of all digits\n"
            "  next: decimal<12,2> has 12 digits, 2 of them after the point.\n");
  EXPECT_EQ(creating(table_of({column("a", {.kind = TypeKind::enumeration})})),
            "t.a is an enumeration without values\n");
  EXPECT_EQ(creating(table_of({column("a", {.kind = TypeKind::enumeration, .values = {"x", "x"}})})),
            "t.a is an enumeration that has 'x' twice\n");
  auto collated = column("a", integer);
  collated.collation = "C";
  EXPECT_EQ(creating(table_of({collated})), "t.a is integer, which has no collation\n");
}

TEST(Refusals, defaults) {
  const auto with = [](Type type, Default given) {
    auto c = column("a", std::move(type));
    c.default_value = std::move(given);
    return table_of({c});
  };
  EXPECT_EQ(creating(with(decimal(12, 2), default_to(std::string("abc")))),
            "the default of t.a does not fit: 'abc' is not a decimal<12,2>\n");
  EXPECT_EQ(creating(with(integer, default_to(Null{}))),
            "the default of t.a is NULL, but the column is not nullable\n");
  EXPECT_EQ(creating(with(integer, {.kind = Default::Kind::now})), "t.a is integer, which cannot default to now\n");
  EXPECT_EQ(creating(with(integer, {.kind = Default::Kind::expression})), "the default of t.a is empty\n");
  auto generated = with(integer, default_to(std::int64_t{1}));
  generated.columns[0].generated = {.expression = "1 + 1"};
  EXPECT_EQ(creating(generated), "t.a is generated, so it cannot have a default\n");
  auto circular = with(integer, {});
  circular.columns[0].generated = {.expression = "A + 1"};
  EXPECT_EQ(creating(circular), "t.a is computed from itself\n");
  auto counter = with(integer, default_to(std::int64_t{1}));
  counter.columns[0].auto_increment = true;
  EXPECT_EQ(creating(counter), "t.a counts by itself, so it cannot have a default\n");
}

TEST(Refusals, primaryKeys) {
  EXPECT_EQ(creating(table_of({nullable("id", integer)}, {"id"})),
            "t.id is nullable, so it cannot be in the primary key\n");
  EXPECT_EQ(creating(table_of({column("id", integer)}, {"key"})),
            "the primary key names t.key, which no earlier migration adds\n  next: known: id\n");
  EXPECT_EQ(creating(table_of({column("id", integer)}, {"id", "id"})), "the primary key names t.id twice\n");
  EXPECT_EQ(creating(table_of({counting("a", integer), counting("b", integer)}, {"a"})),
            "t has 2 auto-increment columns, one is the most\n");
  EXPECT_EQ(creating(table_of({counting("a", text)}, {"a"})), "t.a is text: only whole numbers count by themselves\n");
  EXPECT_EQ(creating(table_of({counting("a", integer), column("b", integer)}, {"b"})),
            "t.a counts by itself, so it must be the primary key\n");
  EXPECT_EQ(creating(table_of({counting("a", integer), column("b", integer)}, {"a", "b"})),
            "t.a counts by itself, so it must be the primary key\n");
  EXPECT_EQ(words(shop(), AlterColumn{"users", nullable("id", integer)}),
            "users.id is nullable, so it cannot be in the primary key\n");
}

TEST(Refusals, namesOfConstraintsAndIndexes) {
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx_orders_open", .parts = {{.column = "nick"}}}}),
            "an index of users cannot be called idx_orders_open: that is already an index of orders\n"
            "  next: Give it a name of its own.\n");
  EXPECT_EQ(words(shop(), AddCheck{"users", {"UQ_users_email", "1 = 1"}}),
            "a check of users cannot be called UQ_users_email: that is already a unique constraint of users\n"
            "  next: Give it a name of its own.\n");
  EXPECT_EQ(words(shop(), AddUnique{"users", {"", {"nick"}}}), "a unique constraint of users has no name\n");
  EXPECT_EQ(words(shop(), AddUnique{"users", {"fk_orders_user_id", {"nick"}}}),
            "a unique constraint of users cannot be called fk_orders_user_id: that is already a foreign key of orders\n"
            "  next: Give it a name of its own.\n");
  auto twice = table_of({column("a", integer)});
  twice.checks = {{"ck", "a > 0"}, {"ck", "a > 1"}};
  EXPECT_EQ(creating(twice),
            "a check of t cannot be called ck: that is already a check of t\n  next: Give it a name of its own.\n");
}

TEST(Refusals, partsOfConstraintsAndIndexes) {
  EXPECT_EQ(words(shop(), AddUnique{"users", {"uq", {"phone"}}}),
            "uq names users.phone, which no earlier migration adds\n  next: known: email, id, nick\n");
  EXPECT_EQ(words(shop(), AddUnique{"users", {"uq", {"nick", "nick"}}}), "uq names users.nick twice\n");
  EXPECT_EQ(words(shop(), AddUnique{"users", {"uq", {}}}), "uq of users names no column\n");
  EXPECT_EQ(words(shop(), AddCheck{"users", {"ck", " "}}), "the check ck of users is empty\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {}}}), "idx of users names no column\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {{.column = "nik"}}}}),
            "idx names users.nik, which no earlier migration adds\n  next: did you mean \"nick\"?\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {{}}}}),
            "a part of idx must be either a column or an expression\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {{.column = "nick"}, {.column = "nick"}}}}),
            "idx names nick twice\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {{.column = "id"}}, .fulltext = true}}),
            "idx is a full-text index, but users.id is integer\n");
  EXPECT_EQ(words(shop(), CreateIndex{"users", {.name = "idx", .parts = {{.expression = "a"}}, .fulltext = true}}),
            "idx is a full-text index, which has columns only\n");
  EXPECT_EQ(
      words(shop(),
            CreateIndex{"users", {.name = "idx", .parts = {{.column = "nick"}}, .unique = true, .fulltext = true}}),
      "idx is a full-text index, which cannot be unique\n");
}

TEST(Refusals, droppingWhatIsNotThere) {
  EXPECT_EQ(words(shop(), DropIndex{"orders", "idx_orders_opn"}),
            "orders has no index called idx_orders_opn\n  next: did you mean \"idx_orders_open\"?\n");
  EXPECT_EQ(words(shop(), DropUnique{"orders", "uq"}), "orders has no unique constraint called uq\n");
  EXPECT_EQ(words(shop(), DropCheck{"orders", "x"}), "orders has no check called x\n  next: known: ck_orders_total\n");
  EXPECT_EQ(words(shop(), DropForeignKey{"users", "x"}), "users has no foreign key called x\n");
}

ForeignKey key(std::vector<std::string> columns, std::string table, std::vector<std::string> referenced) {
  return {.name = "fk",
          .columns = std::move(columns),
          .references = std::move(table),
          .references_columns = std::move(referenced)};
}

TEST(Refusals, foreignKeys) {
  const auto adding = [](ForeignKey k) { return words(shop(), AddForeignKey{"orders", std::move(k)}); };
  EXPECT_EQ(adding(key({"user_id"}, "people", {"id"})),
            "orders.user_id references people, which no earlier migration creates\n  next: known: orders, users\n");
  EXPECT_EQ(adding(key({"usr_id"}, "users", {"id"})),
            "fk names orders.usr_id, which no earlier migration adds\n  next: did you mean \"user_id\"?\n");
  EXPECT_EQ(adding(key({"user_id"}, "users", {"key"})),
            "orders.user_id references users.key, which no earlier migration adds\n  next: known: email, id, nick\n");
  EXPECT_EQ(adding(key({"user_id", "id"}, "users", {"id"})),
            "orders(user_id, id) references users.id: 2 columns against 1\n");
  EXPECT_EQ(adding(key({"note"}, "users", {"id"})),
            "orders.note is text, but users.id, which it references, is integer\n"
            "  next: Give both columns the same type; to change one that exists, drop the foreign key first.\n");
  EXPECT_EQ(adding(key({"note"}, "users", {"nick"})),
            "orders.note references users.nick, which is neither the primary key nor unique\n"
            "  next: Make users.nick unique, in this order of columns.\n");
  auto nulling = key({"user_id"}, "users", {"id"});
  nulling.on_delete = Action::set_null;
  EXPECT_EQ(adding(nulling),
            "orders.user_id references users with set_null, but orders.user_id is not nullable\n"
            "  next: Make the column nullable, or choose restricted or cascade.\n");
  auto defaulting = key({"user_id"}, "users", {"id"});
  defaulting.on_update = Action::set_default;
  EXPECT_EQ(adding(defaulting),
            "orders.user_id references users with set_default, but orders.user_id has no default\n"
            "  next: Give the column a default, or choose restricted or cascade.\n");
}

TEST(Refusals, alteredColumnsOfForeignKeys) {
  EXPECT_EQ(words(shop(), AlterColumn{"users", column("id", bigint)}),
            "orders.user_id is integer, but users.id, which it references, is bigint\n"
            "  next: Give both columns the same type; to change one that exists, drop the foreign key first.\n");
  EXPECT_EQ(words(shop(), AlterColumn{"orders", column("parent_id", integer)}),
            "orders.parent_id references orders with set_null, but orders.parent_id is not nullable\n"
            "  next: Make the column nullable, or choose restricted or cascade.\n");
}

TEST(Refusals, rows) {
  const auto inserting = [](std::vector<std::string> columns, Row row) {
    return words(shop(), InsertRows{"users", std::move(columns), {std::move(row)}});
  };
  const Value one = std::int64_t{1};
  const Value mail = std::string("a@example.org");
  EXPECT_EQ(inserting({"id", "emial"}, {one, mail}), "users has no column emial\n  next: did you mean \"email\"?\n");
  EXPECT_EQ(inserting({}, {}), "the list of columns of users names no column\n");
  EXPECT_EQ(inserting({"id", "id"}, {one, one}), "the list of columns names users.id twice\n");
  EXPECT_EQ(inserting({"id", "email"}, {one}), "row 1 of users has 1 value, but 2 columns are named\n");
  EXPECT_EQ(inserting({"id", "email"}, {mail, mail}),
            "row 1: users.id does not fit: 'a@example.org' is not an integer\n");
  EXPECT_EQ(inserting({"id", "email"}, {one, Null{}}), "row 1: users.email is NULL, but the column is not nullable\n");
  EXPECT_EQ(inserting({"id"}, {one}),
            "the rows give no value for users.email, which is not nullable and has no default\n");
  auto computed = nullable("c", integer);
  computed.generated = {.expression = "id + 1"};
  const auto schema = apply(shop(), op(AddColumn{"users", computed}));
  EXPECT_EQ(words(schema, InsertRows{"users", {"id", "email", "c"}, {{one, mail, one}}}),
            "users.c is generated, so it cannot be inserted\n");
  EXPECT_EQ(words(shop(), DeleteRows{"users", {"id"}, {{one, one}}}),
            "row 1 of users has 2 values, but 1 column is named\n");
}

TEST(Refusals, backfills) {
  const auto filling = [](Backfill b) {
    b.table = "users";
    return words(shop(), b);
  };
  EXPECT_EQ(filling({.assignments = {}}), "the backfill of users sets no column\n");
  EXPECT_EQ(filling({.assignments = {{"nik", "1"}}}), "users has no column nik\n  next: did you mean \"nick\"?\n");
  EXPECT_EQ(filling({.assignments = {{"nick", ""}}}), "the backfill sets users.nick to nothing\n");
  EXPECT_EQ(filling({.assignments = {{"nick", "1"}, {"nick", "2"}}}), "the backfill sets users.nick twice\n");
  EXPECT_EQ(filling({.assignments = {{"id", "id + 1"}}}),
            "users.id is in the primary key, by which the backfill finds its rows\n");
  EXPECT_EQ(filling({.assignments = {{"nick", "1"}}, .reversed_by = {{"nock", "2"}}}),
            "users has no column nock\n  next: did you mean \"nick\"?\n");
  EXPECT_EQ(filling({.assignments = {{"nick", "1"}}, .batch = 0}), "the backfill of users has batches of 0 rows\n");
  const auto keyless = apply({}, op(CreateTable{table_of({column("a", integer)})}));
  EXPECT_EQ(words(keyless, Backfill{.table = "t", .assignments = {{"a", "1"}}}),
            "t has no primary key, by which a backfill finds its rows\n"
            "  next: Change the data with one sql(...) statement instead.\n");
  EXPECT_EQ(words({}, RawSql{" "}), "sql(...) is empty\n");
}

}  // namespace
}  // namespace dbctl::schema
