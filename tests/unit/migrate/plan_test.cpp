#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/migrate/support.hpp"

namespace dbctl::migrate::testing {
namespace {

using test::error_text;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

schema::Operation index(bool concurrently) {
  return {.what =
              schema::CreateIndex{"a", {.name = "idx_a_n", .parts = {{.column = "n"}}, .concurrently = concurrently}}};
}

TEST(PlanUp, cuts_commit_groups) {
  Project p;
  p.add(1, "mixed", {make("a"), add("a", "n"), add("a", "m"), make("b"), index(true), make("c"), make("d")});
  p.add(2, "alone_only", {raw("DROP TABLE x", "DROP TABLE y", true)});
  p.add(3, "elsewhere", {only("postgresql", {make("e")})});
  EXPECT_THAT(shown(p.up()), ElementsAre("mixed [tx: 1-4] [alone: 5] [tx: 6-7]", "alone_only [alone: 1]", "elsewhere"));
}

TEST(PlanUp, a_migration_that_was_begun_is_refused) {
  Project p;
  p.add(1, "whole", {make("a")});
  p.add(2, "begun", {});
  EXPECT_THAT(error_text([&] { p.up(); }), ::testing::HasSubstr("_begun was begun and does nothing yet"));
}

TEST(PlanUp, definitions_that_commit_by_themselves_are_alone) {
  Project p;
  p.dialect = TestDialect(true);
  p.add(1, "a", {make("a"), {.what = schema::InsertRows{"a", {"id"}, {{std::int64_t{1}}}}}, add("a", "n")});
  EXPECT_THAT(shown(p.up()), ElementsAre("a [alone: 1] [tx: 2] [alone: 3]"));
}

TEST(PlanUp, a_backfill_is_a_group_of_its_own) {
  Project p;
  p.add(1, "fill",
        {make("a"),
         add("a", "n"),
         {.what = schema::Backfill{.table = "a", .assignments = {{"n", "id"}}, .keeps_data = true}},
         make("b")});
  const auto plan = p.up();
  EXPECT_THAT(shown(plan), ElementsAre("fill [tx: 1-2] [backfill: 3] [tx: 4]"));
  EXPECT_EQ(plan.migrations[0].groups[1].backfilled->name, "a");
  EXPECT_EQ(plan.migrations[0].statements(), 4);
}

TEST(PlanUp, statements_that_suspend_foreign_keys_have_groups_of_their_own) {
  Project p;
  p.add(1, "cut", {make("a"), raw("DELETE FROM a", "x"), raw("REMAKE a", "x"), raw("REMAKE b", "x"), make("c")});
  const auto plan = p.up();
  EXPECT_THAT(shown(plan), ElementsAre("cut [tx: 1-2] [tx: 3-4] [tx: 5]"));
  const auto& groups = plan.migrations[0].groups;
  EXPECT_FALSE(groups[0].suspend_foreign_keys) << "a delete cascades";
  EXPECT_TRUE(groups[1].suspend_foreign_keys);
  EXPECT_FALSE(groups[2].suspend_foreign_keys);
}

/// `a+b c`: the operations, with + between those whose statements are sent together.
std::string together(const Plan& plan) {
  std::string out;
  const PlannedStatement* before = nullptr;
  for (const auto& m : plan.migrations)
    for (const auto& g : m.groups) {
      for (const auto& s : g.statements) {
        const bool joined = before != nullptr && before->brief && s.brief;
        out += (out.empty() ? "" : joined ? "+" : " ") + s.operation.substr(0, s.operation.find(' '));
        before = &s;
      }
      before = nullptr;
    }
  return out;
}
schema::Operation refer(const std::string& from, const std::string& to) {
  return {.what = schema::AddForeignKey{
              from, {.name = "fk_" + from, .columns = {"id"}, .references = to, .references_columns = {"id"}}}};
}

TEST(PlanUp, what_touches_only_new_tables_is_sent_together) {
  const auto of = [](std::vector<schema::Operation> operations, bool commits_by_itself = false) {
    Project p;
    p.dialect = TestDialect(commits_by_itself);
    p.add(1, "old", {make("old")});
    p.add(2, "new", std::move(operations));
    p.applied(1);
    return together(p.up());
  };
  EXPECT_EQ(of({make("a"), add("a", "n"), make("b"), index(false), refer("b", "a")}),
            "create_table+add_column+create_table+create_index+add_foreign_key");
  EXPECT_EQ(of({make("a"), add("old", "n"), add("a", "n")}), "create_table add_column add_column");
  EXPECT_EQ(of({make("a"), make("b"), refer("a", "old"), add("b", "n"), add("a", "n")}),
            "create_table+create_table add_foreign_key add_column+add_column")
      << "which waits for those that write to the other table";
  EXPECT_EQ(of({make("a"), refer("old", "a"), add("a", "n"), add("a", "m")}),
            "create_table add_foreign_key add_column add_column")
      << "to change what others refer to may touch them";
  EXPECT_EQ(of({make("a"), raw("SELECT 1", "SELECT 1"), add("a", "n"), add("a", "m")}),
            "create_table sql add_column add_column");
  EXPECT_EQ(of({make("a"), add("a", "n"), index(true), add("a", "m"), add("a", "o")}),
            "create_table+add_column create_index add_column add_column")
      << "what commits by itself shows the table to all";
  EXPECT_EQ(of({make("a"), {.what = schema::RenameTable{"a", "b"}}, add("b", "n")}),
            "create_table rename_table add_column");
  EXPECT_EQ(of({make("a"), add("a", "n")}, true), "create_table add_column");
}

TEST(PlanUp, what_has_no_way_back_is_refused) {
  Project p;
  p.add(1, "one", {make("a"), raw("DELETE FROM a")});
  const std::string refused =
      "DBCTL-SCH-002 a statement of raw SQL has no way back\n"
      "at migrations/shop/20240101000001_one.cpp:11, sql DELETE FROM a\n"
      "because DELETE FROM a\n"
      "-> Write the way back with down(...) in the migration.\n"
      "-> Or add .reversed_by(\"...\") to the sql(...).";
  EXPECT_EQ(error_text([&] { p.up(); }), refused);
  Project written;
  written.add(1, "one", {make("a"), raw("DELETE FROM a")}, std::vector<schema::Operation>{});
  EXPECT_THAT(shown(written.up()), ElementsAre("one [tx: 1-2]")) << "down() says that nothing is to be undone";
  Project elsewhere;
  elsewhere.add(1, "one", {make("a"), only("postgresql", {raw("DELETE FROM a")})});
  EXPECT_THAT(shown(elsewhere.up()), ElementsAre("one [tx: 1]")) << "what does not run here needs no way back here";
  p.applied(1);
  EXPECT_THAT(p.up().migrations, IsEmpty()) << "what is applied is no matter of planning";
}

TEST(PlanUp, knows_which_tables_are_gone) {
  Project p;
  p.add(1, "one", {make("a"), drop("a")});
  const auto plan = p.up();
  const auto& statements = plan.migrations[0].groups[0].statements;
  EXPECT_EQ(statements[0].drops, "");
  EXPECT_EQ(statements[1].drops, "a");
}

TEST(PlanUp, finishes_a_rollback_first) {
  Project p;
  p.add(1, "one", {make("a")});
  p.applied(1);
  p.under_way(1, Direction::down, 2, "one");
  EXPECT_EQ(error_text([&] { p.up(); }),
            "DBCTL-JRN-006 20240101000001_one is half rolled back\n"
            "because 2 of the rollback's statements are done\n"
            "-> finish it first: dbctl rollback");
}

/// What `repair --mark-reverted` of one in the middle leaves.
TEST(PlanUp, a_gap_is_named_and_not_the_file_after_it) {
  Project p;
  p.add(1, "one", {make("a")});
  p.add(2, "two", {make("b")});
  p.add(3, "three", {add("b", "n")});
  p.applied(1);
  p.applied(3);
  EXPECT_TRUE(error_text([&] { p.up(); }).starts_with("DBCTL-JRN-003 20240101000002_two is pending but older than "));
  const std::string gap =
      "DBCTL-JRN-003 20240101000003_three is applied, but 20240101000002_two, which is older, is not\n"
      "because no earlier migration creates b\n"
      "-> if the database has what 20240101000002_two does: dbctl repair --mark-applied 20240101000002\n"
      "-> if it has not what 20240101000003_three does: dbctl repair --mark-reverted 20240101000003";
  EXPECT_EQ(error_text([&] { p.up({.out_of_order = OutOfOrder::apply}); }), gap);
  EXPECT_EQ(error_text([&] { p.down(); }), gap);
  EXPECT_EQ(error_text([&] { fold(p.catalog, p.state, p.target()); }), gap) << "before seeding";
}

TEST(PlanUp, statements_know_where_they_come_from) {
  Project p;
  p.add(1, "one", {make("a"), add("a", "n")});
  const auto plan = p.up();
  const auto& s = plan.migrations[0].groups[0].statements[1];
  EXPECT_EQ(s.number, 2);
  EXPECT_EQ(s.operation, "add_column a.n");
  EXPECT_EQ(s.step.statement.origin.text(), "migrations/shop/20240101000001_one.cpp:11");
  EXPECT_EQ(s.hash.size(), 64U);
  EXPECT_NE(s.hash, plan.migrations[0].groups[0].statements[0].hash);
}

TEST(PlanUp, carries_the_model_on) {
  Project p;
  p.add(1, "one", {make("a")});
  p.add(2, "two", {add("a", "n")});
  p.applied(1);
  const auto plan = p.up();
  EXPECT_THAT(shown(plan), ElementsAre("two [tx: 1]"));
  EXPECT_EQ(plan.before.at("a").columns.size(), 1U);
  EXPECT_EQ(plan.after.at("a").columns.size(), 2U);
  EXPECT_EQ(fold(p.catalog, p.target()), plan.after);
  EXPECT_EQ(fold(p.catalog, p.state, p.target()), plan.before);
}

TEST(PlanUp, selects) {
  Project p;
  for (int v = 1; v <= 4; ++v) p.add(v, "m" + std::to_string(v), {make("t" + std::to_string(v))});
  p.add(2, "other", {make("o")}, {}, "other");
  p.applied(1);
  EXPECT_THAT(shown(p.up({.to = "m3"})), ElementsAre("other [tx: 1]", "m2 [tx: 1]", "m3 [tx: 1]"));
  EXPECT_THAT(shown(p.up({.to = "20240101000002_m2", .domain = "shop"})), ElementsAre("m2 [tx: 1]"));
  EXPECT_THAT(shown(p.up({.to = "m1"})), IsEmpty());
  EXPECT_THAT(shown(p.up({.steps = 2})), ElementsAre("other [tx: 1]", "m2 [tx: 1]"));
  EXPECT_THAT(shown(p.up({.domain = "shop"})), ElementsAre("m2 [tx: 1]", "m3 [tx: 1]", "m4 [tx: 1]"));
  EXPECT_EQ(error_text([&] { p.up({.to = "m33"}); }),
            "DBCTL-CAT-004 no migration is named \"m33\"\n-> did you mean \"m3\"?\n"
            "-> `dbctl status` lists all migrations");
}

TEST(PlanUp, out_of_order_is_refused_or_applied) {
  Project p;
  p.add(1, "one", {make("a")});
  p.add(2, "two", {make("b")});
  p.add(1, "first", {make("c")}, {}, "another");
  p.applied(2);
  EXPECT_EQ(error_text([&] { p.up(); }),
            "DBCTL-JRN-003 20240101000001_one is pending but older than 20240101000002_two, which is applied\n"
            "at migrations/shop/20240101000001_one.cpp\n"
            "-> give it a newer version: rename the file\n"
            "-> or apply it all the same: dbctl migrate --out-of-order apply\n"
            "-> or, if the database has what it does: dbctl repair --mark-applied 20240101000001");
  EXPECT_THAT(shown(p.up({.domain = "another"})), ElementsAre("first [tx: 1]"))
      << "each domain has an order of its own";
  EXPECT_THAT(shown(p.up({.out_of_order = OutOfOrder::apply})), ElementsAre("first [tx: 1]", "one [tx: 1]"));
}

TEST(PlanUp, missing_and_edited_migrations_are_refused) {
  Project p;
  p.add(1, "one", {make("a")});
  p.applied(1);
  p.state.applied.push_back({.domain = "shop", .version = Project::version_of(2), .name = "gone"});
  EXPECT_EQ(error_text([&] { p.up(); }),
            "DBCTL-JRN-002 20240101000002_gone of domain shop is applied in the database but missing here\n"
            "-> check out the version that has it, or load its domain\n"
            "-> if it will never come back: dbctl repair --mark-reverted 20240101000002");
  p.state.applied.pop_back();
  p.state.applied[0].checksum = "0";
  EXPECT_EQ(error_text([&] { p.up(); }),
            "DBCTL-JRN-001 20240101000001_one was edited after it was applied\n"
            "at migrations/shop/20240101000001_one.cpp\n"
            "because its operations no longer have the checksum that was recorded\n"
            "-> put the file back as it was and write a new migration\n"
            "-> if the edit changes nothing that matters: dbctl repair --accept-edit 20240101000001");
}

TEST(PlanUp, a_name_that_on_does_not_know_is_refused) {
  Project p;
  p.add(1, "one", {only("test", {only("postgrsql", {make("a")})})});
  const std::string refused =
      "DBCTL-CAT-003 on(\"postgrsql\", …) names no driver or product that is known here\n"
      "at migrations/shop/20240101000001_one.cpp\n"
      "because did you mean \"postgresql\"?\n"
      "-> correct the name, or install the driver: dbctl plugin list";
  EXPECT_EQ(error_text([&] { p.up(); }), refused);
  EXPECT_EQ(error_text([&] { fold(p.catalog, p.target()); }), refused);
  Project q;
  q.add(1, "one", {make("a")}, {{only("mysqll", {})}});
  EXPECT_TRUE(error_text([&] { q.up(); }).starts_with("DBCTL-CAT-003 on(\"mysqll\", …)")) << "in a down, too";
}

TEST(PlanUp, errors_name_the_operations_line) {
  Project p;
  p.add(1, "one", {make("a"), add("b", "n")});
  EXPECT_TRUE(error_text([&] { p.up(); }).find("\nat migrations/shop/20240101000001_one.cpp:11, add_column b.n") !=
              std::string::npos)
      << error_text([&] { p.up(); });
  Project q;
  q.add(1, "one", {make("a"), raw("SELECT 1; SELECT 2")});
  EXPECT_TRUE(error_text([&] { q.up(); }).find("one.cpp:11 (sql SELECT 1; SELECT 2)") != std::string::npos)
      << error_text([&] { q.up(); });
}

TEST(PlanUp, what_was_interrupted_goes_first_whatever_is_asked) {
  Project p;
  for (int v = 1; v <= 3; ++v) p.add(v, "m" + std::to_string(v), {make("t" + std::to_string(v))});
  p.add(1, "other", {make("o")}, {}, "another");
  p.under_way(3, Direction::up, 1);
  EXPECT_THAT(shown(p.up({.to = "m1"})), ElementsAre("m3 [tx: 1]", "other [tx: 1]", "m1 [tx: 1]"));
  EXPECT_THAT(shown(p.up({.steps = 1})), ElementsAre("m3 [tx: 1]"));
  EXPECT_THAT(shown(p.up({.domain = "another"})), ElementsAre("m3 [tx: 1]", "other [tx: 1]"));
  p.under_way(7, Direction::up, 1, "gone");
  EXPECT_EQ(error_text([&] { p.up(); }),
            "DBCTL-JRN-002 20240101000007_gone of domain shop is half applied in the database but missing here\n"
            "-> check out the version that has it, or load its domain\n"
            "-> if what it did was undone by hand: dbctl repair --mark-reverted 20240101000007");
}

TEST(PlanDown, selects) {
  Project p;
  for (int v = 1; v <= 4; ++v) p.add(v, "m" + std::to_string(v), {make("t" + std::to_string(v))});
  p.add(3, "other", {make("o")}, {}, "another");
  p.applied(1, 1);
  p.applied(2, 1);
  p.applied(3, 2, "another");
  p.applied(3, 2);
  EXPECT_THAT(shown(p.down()), ElementsAre("m3 [tx: 1]"));
  EXPECT_THAT(shown(p.down({.steps = 2})), ElementsAre("m3 [tx: 1]", "other [tx: 1]"));
  EXPECT_THAT(shown(p.down({.to = "m2"})), ElementsAre("m3 [tx: 1]", "other [tx: 1]"));
  EXPECT_THAT(shown(p.down({.to = "m3"})), IsEmpty());
  EXPECT_THAT(shown(p.down({.batch = true})), ElementsAre("m3 [tx: 1]", "other [tx: 1]"));
  EXPECT_THAT(shown(p.down({.all = true, .domain = "shop"})), ElementsAre("m3 [tx: 1]", "m2 [tx: 1]", "m1 [tx: 1]"));
  const auto all = p.down({.all = true});
  EXPECT_EQ(all.migrations.size(), 4U);
  EXPECT_TRUE(all.after.tables.empty());
  EXPECT_EQ(all.before.tables.size(), 4U);
  p.under_way(2, Direction::down, 0);
  EXPECT_THAT(shown(p.down({.domain = "another"})), ElementsAre("m2 [tx: 1]")) << "what is half done is the step";
}

TEST(PlanDown, is_derived_or_written) {
  Project p;
  p.add(1, "derived", {make("a"), add("a", "n"), raw("GRANT x", "REVOKE x")});
  p.add(2, "written", {make("b")}, {{raw("BYE"), drop("b")}});
  p.add(3, "keeps", {make("c")}, std::vector<schema::Operation>{});
  p.applied(1);
  p.applied(2);
  p.applied(3);
  std::vector<std::string> sql;
  const auto plan = p.down({.all = true});
  for (const auto& m : plan.migrations)
    for (const auto& g : m.groups)
      for (const auto& s : g.statements) sql.push_back(s.step.statement.sql);
  EXPECT_THAT(sql, ElementsAre("BYE", "DROP TABLE \"b\"", "REVOKE x", "ALTER TABLE \"a\" DROP COLUMN \"n\"",
                               "DROP TABLE \"a\""));
  EXPECT_THAT(shown(plan), ElementsAre("keeps", "written [tx: 1-2]", "derived [tx: 1-3]"));
}

TEST(PlanDown, what_cannot_be_derived_is_refused) {
  Project p;
  p.add(1, "one", {make("a"), raw("DELETE FROM a")});
  p.applied(1);
  const auto text = error_text([&] { p.down(); });
  EXPECT_TRUE(text.starts_with("DBCTL-SCH-002 ")) << text;
  EXPECT_NE(text.find("migrations/shop/20240101000001_one.cpp"), std::string::npos) << text;
}

TEST(PlanDown, tells_what_is_lost) {
  Project p;
  p.add(1, "one", {make("a"), add("a", "n")});
  p.add(2, "two", {{.what = schema::DropColumn{"a", "n"}}});
  EXPECT_THAT(p.up().migrations[1].losses, ElementsAre("the values of a.n"));
}

TEST(Checksum, is_of_up_and_down) {
  const catalog::Body up{{make("a")}}, written{{make("a")}, {{drop("a")}}},
      empty{{make("a")}, std::vector<schema::Operation>{}};
  EXPECT_EQ(checksum(up).size(), 64U);
  EXPECT_NE(checksum(up), checksum(written));
  EXPECT_NE(checksum(up), checksum(empty));
  EXPECT_EQ(checksum(up), checksum({{make("a")}}));
}

}  // namespace
}  // namespace dbctl::migrate::testing
