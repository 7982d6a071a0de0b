#include "migrate/stored_plan.hpp"

#include <algorithm>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "unit/migrate/support.hpp"

namespace dbctl::migrate::testing {
namespace {

using test::error_text;
using ::testing::ElementsAre;

journal::Reverse stored(std::string text) {
  return {.domain = "shop", .version = "20240101000002", .plan = std::move(text)};
}
PlannedMigration back(const PlannedMigration& m) {
  return stored_plan(stored(stored_text(m)));
}

/// With what each plan has.
PlannedMigration empty() {
  PlannedMigration m;
  m.domain = "shop", m.version = "20240101000002", m.direction = Direction::down;
  return m;
}
PlannedStatement numbered(std::int64_t number, Statement statement) {
  PlannedStatement s;
  s.number = number, s.step.statement = std::move(statement);
  return s;
}

TEST(StoredPlan, keeps_every_kind_of_value) {
  const Row values = {Null{},
                      true,
                      false,
                      std::numeric_limits<std::int64_t>::min(),
                      0.1,
                      std::numeric_limits<double>::infinity(),
                      -std::numeric_limits<double>::denorm_min(),
                      std::string("it's \"\\ \n Zoë"),
                      std::string("with\0zero", 9),
                      Decimal{"12.50"},
                      Uuid{"00000000-0000-0000-0000-000000000000"},
                      Date{"2024-01-15"},
                      Time{"09:00:00.000000"},
                      Timestamp{"2024-01-15 09:00:00.000000"},
                      Json{"{\"a\": 1}"},
                      TextArray{{"a", "b,\"c"}},
                      Bytes{std::string("\x00\xff", 2)}};
  auto m = empty();
  m.groups.emplace_back().statements.push_back(numbered(1, {.sql = "x", .params = values}));
  EXPECT_EQ(back(m).groups.at(0).statements.at(0).step.statement.params, values);
}

TEST(StoredPlan, keeps_all_that_the_executor_needs) {
  schema::Table table{.name = "a",
                      .columns = {column("id"), column("n", schema::TypeKind::double_)},
                      .primary_key = {"id"},
                      .checks = {{"ck", "n > 0"}}};
  table.columns[1].default_value = {.kind = schema::Default::Kind::value, .value = 1.5};
  PlannedMigration m{.domain = "shop",
                     .version = "20240101000002",
                     .name = "second",
                     .file = "f.cpp",
                     .direction = Direction::down,
                     .checksum = "c",
                     .groups = {},
                     .notes = {"n"},
                     .losses = {"l"}};
  m.groups.push_back({.kind = Group::Kind::backfill, .suspend_foreign_keys = true, .statements = {}});
  auto& group = m.groups.back();
  group.backfill = schema::Backfill{.table = "a", .assignments = {{"n", "id"}}, .where = "id > 1", .batch = 7};
  group.backfilled = table;
  const Statement statement{.sql = "s", .params = {}, .origin = {"f.cpp", 3, 1}};
  group.statements.push_back(
      {.number = 1,
       .step = {.statement = statement,
                .alone = true,
                .expect = {.kind = sql::Expect::Kind::same, .key = "k", .message = "m"},
                .hazards = {"h"}},
       .operation = "o",
       .hash = "hash",
       .rebuilds = {table},
       .drops = "d",
       .proof = {.kind = Proof::Kind::model, .objects = {"a"}, .models = {{"a", "b", "c"}}, .renames = {{"x", "y"}}},
       .replayed = true});
  const auto is = back(m);
  EXPECT_EQ(is.id(), "20240101000002_second");
  EXPECT_EQ(is.direction, Direction::down);
  EXPECT_THAT(is.losses, ElementsAre("l"));
  const auto& g = is.groups.at(0);
  EXPECT_EQ(g.kind, Group::Kind::backfill);
  EXPECT_TRUE(g.suspend_foreign_keys);
  EXPECT_EQ(g.backfill, group.backfill);
  EXPECT_EQ(g.backfilled, table);
  const auto& s = g.statements.at(0);
  EXPECT_EQ(s.number, 1);
  EXPECT_EQ(s.step.statement.origin.text(), "f.cpp:3:1");
  EXPECT_TRUE(s.step.alone);
  EXPECT_EQ(s.step.expect.kind, sql::Expect::Kind::same);
  EXPECT_THAT(s.rebuilds, ElementsAre(table));
  EXPECT_EQ(s.drops, "d");
  EXPECT_EQ(s.proof.kind, Proof::Kind::model);
  EXPECT_EQ(s.proof.renames.at(0).second, "y");
  EXPECT_TRUE(s.replayed);
  EXPECT_EQ(stored_text(is), stored_text(m)) << "and everything else";
}

TEST(StoredPlan, tells_why_there_is_none) {
  EXPECT_EQ(error_text([] { stored_plan(stored(stored_refusal("it cannot"))); }),
            "DBCTL-SCH-002 20240101000002 of domain shop has no stored rollback\n"
            "because \"it cannot\"\n"
            "-> check out the version that has it, or load its domain");
}

TEST(StoredPlan, writes_nothing_that_says_nothing) {
  auto m = empty();
  m.groups.emplace_back().statements.push_back(numbered(1, {.sql = "DROP TABLE a"}));
  EXPECT_TRUE(stored_text(m).starts_with(
      R"({"format":2,"plan":{"domain":"shop","version":"20240101000002","direction":"down","groups":)"
      R"([{"kind":"transaction","statements":[{"number":1,"step":{"statement":{"sql":"DROP TABLE a"}}}]}]},"sha256":")"))
      << stored_text(m);
  const auto read = back(m);
  EXPECT_EQ(stored_text(read), stored_text(m));
  EXPECT_FALSE(read.groups[0].statements[0].step.alone);
}

/// A text that says `plan` and has its digest.
std::string whole(const std::string& plan) {
  return R"({"format":2,"plan":)" + plan + R"(,"sha256":")" + sha256(plan) + R"("})";
}

std::string why_unreadable(std::string text) {
  const auto error = error_text([&] { stored_plan(stored(std::move(text))); });
  const std::string summary =
      "DBCTL-JRN-005 the stored rollback of 20240101000002 cannot be read\nat dbctl_reverses\nbecause ";
  EXPECT_TRUE(error.starts_with(summary)) << error;
  const auto from = std::min(summary.size(), error.size());
  return error.substr(from, error.find('\n', from) - from);
}

TEST(StoredPlan, refuses_what_it_does_not_know) {
  for (const char* text : {"", "[]"}) EXPECT_EQ(why_unreadable(text), "it is not what dbctl wrote") << text;
  EXPECT_EQ(why_unreadable("{}"), "its format is null, and this dbctl knows 2");
  EXPECT_EQ(why_unreadable(R"({"format":1,"plan":{}})"), "its format is 1, and this dbctl knows 2");
  EXPECT_EQ(why_unreadable(R"({"format":3,"refused":"x"})"), "its format is 3, and this dbctl knows 2");
  EXPECT_NE(why_unreadable(whole("[]")), "");
  EXPECT_EQ(why_unreadable(whole("{}")), "a word is missing: one of up, ...");
  EXPECT_EQ(why_unreadable(whole(R"({"direction":"sideways"})")), "\"sideways\" is not known");
  EXPECT_EQ(why_unreadable(whole(R"({"direction":"down"})")), R"(it is that of "" of domain "")");
}

TEST(StoredPlan, refuses_what_was_changed) {
  const std::string why = "it was changed: its SHA-256 is another one";
  auto m = empty();
  auto& statements = m.groups.emplace_back().statements;
  statements.push_back(numbered(1, {.sql = "DROP TABLE a"}));
  statements.push_back(numbered(2, {.sql = "DROP TABLE b"}));
  const auto text = stored_text(m);
  EXPECT_EQ(why_unreadable(text::replace_all(text, "DROP TABLE b", "DROP TABLE c")), why);
  EXPECT_EQ(why_unreadable(text::replace_all(text, R"("number":1,)", "")), why);
  EXPECT_EQ(why_unreadable(text.substr(0, text.find(R"(,"sha256)")) + "}"), why);
  EXPECT_EQ(why_unreadable(R"({"format":2})"), why);
}

/// Three migrations that are applied, one of another domain among them, and checkouts that have some of them.
class PlanStored : public ::testing::Test {
 protected:
  PlanStored() {
    for (int n : {1, 2, 3}) {
      add(all, n);
      all.applied(n, n, domain_of(n));
    }
    for (const auto& m : all.down({.all = true}).migrations) reverses.push_back({m.domain, m.version, stored_text(m)});
  }
  static std::string domain_of(int n) { return n == 2 ? "other" : "shop"; }
  static void add(Project& p, int n) {
    p.add(n, "m" + std::to_string(n), {make("t" + std::to_string(n))}, {}, domain_of(n));
  }
  /// `request` in a checkout that has these.
  std::string down(std::initializer_list<int> numbers, const DownRequest& request) {
    Project p;
    for (int n : numbers) add(p, n);
    std::vector<journal::Reverse> missing;
    for (const auto& r : reverses)
      if (std::ranges::none_of(p.catalog.migrations(), [&](const auto& m) { return m.version == r.version; }))
        missing.push_back(r);
    std::string out;
    const auto error = error_text([&] {
      plan = plan_down(p.catalog, all.state, p.target(), request, missing);
      for (const auto& m : plan.migrations) out += (out.empty() ? "" : " ") + m.name;
    });
    return out.empty() && error != "no error" ? error.substr(0, error.find('\n')) : out;
  }
  Project all;
  std::vector<journal::Reverse> reverses;
  Plan plan;
};

TEST_F(PlanStored, the_newest_go_as_they_are_stored) {
  EXPECT_EQ(down({1}, {}), "m3");
  EXPECT_EQ(down({1}, {.steps = 2}), "m3 m2");
  EXPECT_EQ(down({1}, {.steps = 3}), "m3 m2 m1");
  EXPECT_EQ(down({1}, {.to = Project::version_of(1)}), "m3 m2");
  EXPECT_EQ(down({1, 2}, {.batch = true}), "m3");
  EXPECT_EQ(down({1, 2}, {.steps = 2}), "m3 m2");
  EXPECT_EQ(down({}, {.all = true}), "m3 m2 m1");
  EXPECT_EQ(plan.migrations.at(0).groups.at(0).statements.at(0).step.statement.sql, "DROP TABLE \"t3\"");
  EXPECT_THAT(plan.migrations.at(0).notes,
              ElementsAre("20240101000003_m3 is not in this checkout: its stored rollback is used"));
}

TEST_F(PlanStored, what_is_known_stays_above_none_that_is_not) {
  const std::string missing =
      "DBCTL-JRN-002 20240101000002_m2 of domain other is applied in the database but missing here";
  EXPECT_EQ(down({1, 3}, {}), missing);
  EXPECT_EQ(down({1, 3}, {.steps = 2}), missing);
  EXPECT_EQ(down({1, 3}, {.all = true}), missing);
  EXPECT_EQ(down({1, 3}, {.domain = "other"}),
            "DBCTL-JRN-002 20240101000002_m2 of domain other is missing here, and 20240101000003_m3, which is newer, "
            "stays applied");
  EXPECT_EQ(down({1}, {.steps = 3, .domain = "shop"}), missing) << "m1 is known, and m2 stays";
}

TEST_F(PlanStored, without_a_stored_rollback_it_is_missing) {
  std::erase_if(reverses, [](const auto& r) { return r.version == Project::version_of(3); });
  const std::string missing =
      "DBCTL-JRN-002 20240101000003_m3 of domain shop is applied in the database but missing here";
  EXPECT_EQ(down({1}, {}), missing);
  EXPECT_EQ(down({1, 2}, {}), missing);
}

TEST_F(PlanStored, what_was_interrupted_goes_on) {
  all.under_way(3, Direction::down, 0, "m3");
  EXPECT_EQ(down({1}, {}), "m3");
  all.under_way(3, Direction::up, 0, "m3");
  EXPECT_EQ(down({1}, {}),
            "DBCTL-JRN-002 20240101000002_m2 of domain other is applied in the database but missing here")
      << "nothing is stored of what is on its way up, so that no other stored rollback goes before it";
}

}  // namespace
}  // namespace dbctl::migrate::testing
