#include <gtest/gtest.h>

#include "dbctl/schema/fold.hpp"
#include "dbctl/sql/ansi_dialect.hpp"
#include "support/error_text.hpp"

/// Foreign keys that change a column which a check or a stored column names.
namespace dbctl::sql {
namespace {

using schema::Action;
using schema::TypeKind;

class Picky : public AnsiDialect {
 public:
  explicit Picky(bool actions_on_checked_columns)
      : AnsiDialect({.driver = "picky",
                     .server = {.product = "picky"},
                     .actions_on_checked_columns = actions_on_checked_columns}) {}
};

schema::ForeignKey key(Action on_delete, Action on_update = Action::no_action) {
  return {.name = "fk",
          .columns = {"parent_id"},
          .references = "nodes",
          .references_columns = {"id"},
          .on_delete = on_delete,
          .on_update = on_update};
}

schema::Schema nodes(std::vector<schema::ForeignKey> keys = {}, std::vector<schema::Check> checks = {}) {
  return schema::apply({},
                       {.what = schema::CreateTable{
                            {.name = "nodes",
                             .columns = {{.name = "id", .type = {.kind = TypeKind::integer}},
                                         {.name = "parent_id", .type = {.kind = TypeKind::integer}, .nullable = true}},
                             .primary_key = {"id"},
                             .foreign_keys = std::move(keys),
                             .checks = std::move(checks)}}});
}

std::string rendered(const schema::Schema& before, schema::Operation::Variant what, bool claimed = false) {
  return test::error_text([&] { Picky(claimed).render({.what = std::move(what)}, before); });
}

const schema::Check check{"ck", "id <> parent_id"};
const std::string refusal =
    "DBCTL-SCH-003 the check ck names nodes.parent_id, which the foreign key fk changes\n"
    "because picky has no action that changes such a column: set_null, or cascade on update\n"
    "-> use on_delete(restricted) or on_delete(cascade), and no on_update\n"
    "-> or put the check in on(\"...\", add_check(...)) for the databases that have both";

TEST(ActionsOnCheckedColumns, are_refused_where_they_are_not_claimed) {
  EXPECT_EQ(rendered(nodes({key(Action::set_null)}), schema::AddCheck{"nodes", check}), refusal);
  EXPECT_EQ(rendered(nodes({}, {check}), schema::AddForeignKey{"nodes", key(Action::set_null)}), refusal);
  EXPECT_EQ(rendered(nodes({}, {check}), schema::AddForeignKey{"nodes", key(Action::no_action, Action::cascade)}),
            refusal);
  EXPECT_EQ(rendered({}, schema::CreateTable{nodes({key(Action::set_null)}, {check}).at("nodes")}), refusal);
  schema::Column next{.name = "next", .type = {.kind = TypeKind::integer}, .nullable = true};
  next.generated = {.expression = "parent_id + 1", .stored = true};
  EXPECT_NE(
      rendered(nodes({key(Action::set_null)}), schema::AddColumn{"nodes", next}).find("the stored column nodes.next"),
      std::string::npos);
}

TEST(ActionsOnCheckedColumns, are_left_alone_otherwise) {
  const std::string fine = test::error_text([] {});
  EXPECT_EQ(rendered(nodes({key(Action::set_null)}), schema::AddCheck{"nodes", check}, true), fine);
  EXPECT_EQ(rendered(nodes({key(Action::set_null)}), schema::AddCheck{"nodes", {"ck", "id > 0"}}), fine);
  EXPECT_EQ(rendered(nodes({key(Action::cascade)}), schema::AddCheck{"nodes", check}), fine);
  EXPECT_EQ(rendered(nodes({key(Action::restricted, Action::restricted)}), schema::AddCheck{"nodes", check}), fine);
}

class Casting : public AnsiDialect {
 public:
  Casting() : AnsiDialect({.driver = "casting", .server = {.product = "casting"}}) {}

 protected:
  std::string equals(const schema::Column& column, const std::string& placeholder) const override {
    return column.name == "parent_id" ? quote(column.name) + " = CAST(" + placeholder + " AS INTEGER)"
                                      : AnsiDialect::equals(column, placeholder);
  }
};

TEST(Select, compares_as_the_dialect_does) {
  const auto schema = nodes();
  const auto& table = schema.at("nodes");
  const std::vector<Row> two{{std::int64_t{1}}, {std::int64_t{2}}};
  EXPECT_EQ(Casting().select(table, {"id"}, {"id"}, two, {}).sql, R"(SELECT "id" FROM "nodes" WHERE "id" IN (?, ?))");
  EXPECT_EQ(
      Casting().select(table, {"id"}, {"parent_id"}, two, {}).sql,
      R"(SELECT "id" FROM "nodes" WHERE ("parent_id" = CAST(? AS INTEGER)) OR ("parent_id" = CAST(? AS INTEGER)))");
}

}  // namespace
}  // namespace dbctl::sql
