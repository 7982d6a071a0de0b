#include <gmock/gmock.h>

#include "migrate/evidence.hpp"

namespace dbctl::migrate {
namespace {

using driver::ObjectState;
using testing::ElementsAre;
using testing::IsEmpty;

ObjectState table(std::string name, std::string definition, std::string identity = {}) {
  return {
      .kind = "table", .name = std::move(name), .definition = std::move(definition), .identity = std::move(identity)};
}
Evidence evidence(std::string statement, Proof proof, std::vector<ObjectState> before) {
  return {.statement = std::move(statement), .proof = std::move(proof), .objects = std::move(before)};
}
Verdict verdict(const Evidence& e, std::vector<ObjectState> now) {
  return judge(e, {.objects = std::move(now), .model = nullptr, .finds_row = nullptr}).verdict;
}

TEST(Judge, a_definition_that_is_unchanged_was_not_run) {
  const auto e = evidence("ALTER TABLE a ADD COLUMN n INT", {.kind = Proof::Kind::definition, .objects = {"a"}},
                          {table("a", "TABLE (\n  id int\n)")});
  EXPECT_EQ(verdict(e, {table("a", "TABLE (\n  id int\n)")}), Verdict::not_run);
  EXPECT_EQ(verdict(e, {table("a", "TABLE (\n  id int,\n  n int\n)")}), Verdict::done);
  EXPECT_EQ(verdict(e, {table("a", "TABLE (\n  id int,\n  other int\n)")}), Verdict::unclear);
  EXPECT_EQ(verdict(e, {}), Verdict::unclear) << "it does not drop";
}

TEST(Judge, what_is_made_and_what_is_dropped_speaks_for_itself) {
  const auto made = evidence("CREATE TABLE a (id INT)", {.kind = Proof::Kind::definition, .objects = {"a"}}, {});
  EXPECT_EQ(verdict(made, {}), Verdict::not_run);
  EXPECT_EQ(verdict(made, {table("a", "TABLE (id int)")}), Verdict::done);
  const auto dropped = evidence("DROP VIEW v, w", {.kind = Proof::Kind::definition, .objects = {"v", "w"}},
                                {table("v", "1"), table("w", "2")});
  EXPECT_EQ(verdict(dropped, {}), Verdict::done);
  EXPECT_EQ(verdict(dropped, {table("w", "2")}), Verdict::unclear) << "one is gone, one is not";
}

TEST(Judge, a_table_is_emptied_when_it_is_another_one) {
  const auto e = evidence("TRUNCATE a", {.kind = Proof::Kind::identity, .objects = {"a"}}, {table("a", "x", "7")});
  EXPECT_EQ(verdict(e, {table("a", "x", "7")}), Verdict::not_run);
  EXPECT_EQ(verdict(e, {table("a", "x", "8")}), Verdict::done);
  EXPECT_EQ(verdict(e, {table("a", "y", "8")}), Verdict::unclear);
  EXPECT_EQ(verdict(e, {table("a", "x")}), Verdict::unclear) << "the database does not tell";
}

TEST(Judge, renamings_are_followed_in_their_order) {
  const Proof swap{
      .kind = Proof::Kind::identity, .objects = {"a", "c", "b"}, .renames = {{"a", "c"}, {"b", "a"}, {"c", "b"}}};
  const auto e = evidence("RENAME …", swap, {table("a", "x", "1"), table("b", "x", "2")});
  EXPECT_EQ(verdict(e, {table("a", "x", "1"), table("b", "x", "2")}), Verdict::not_run);
  EXPECT_EQ(verdict(e, {table("a", "x", "2"), table("b", "x", "1")}), Verdict::done);
  EXPECT_EQ(verdict(e, {table("c", "x", "1"), table("b", "x", "2")}), Verdict::unclear);
  EXPECT_EQ(verdict(e, {table("a", "x"), table("b", "x")}), Verdict::unclear)
      << "equal, and the database does not tell";
  const Proof plain{.kind = Proof::Kind::identity, .objects = {"a", "b"}, .renames = {{"a", "b"}}};
  const auto simple = evidence("RENAME TABLE a TO b", plain, {table("a", "x")});
  EXPECT_EQ(verdict(simple, {table("b", "x")}), Verdict::done) << "the name is enough";
  EXPECT_EQ(verdict(simple, {table("a", "x")}), Verdict::not_run);
}

TEST(Judge, models_decide_for_operations) {
  const auto e = evidence("ALTER TABLE a ADD COLUMN n INT",
                          {.kind = Proof::Kind::model, .objects = {"a"}, .models = {{"a", "before", "after"}}},
                          {table("a", "id")});
  const auto with = [&](const std::string& definition, const std::string& digest) {
    return judge(e, {.objects = {table("a", definition)},
                     .model = [&](const std::string&) { return digest; },
                     .finds_row = nullptr})
        .verdict;
  };
  EXPECT_EQ(with("id", "never asked"), Verdict::not_run);
  EXPECT_EQ(with("id\nn", "after"), Verdict::done);
  EXPECT_EQ(with("ID", "before"), Verdict::not_run) << "only its wording changed";
  EXPECT_EQ(with("id\nn\nother", "neither"), Verdict::unclear);
  EXPECT_EQ(with("id\nn", "neither"), Verdict::done)
      << "it differed from the model before, and all that changed is ours";
}

TEST(Judge, a_condition_is_asked) {
  Evidence e{.statement = "CALL f()", .proof = {.kind = Proof::Kind::condition, .condition = "SELECT 1 FROM t"}};
  const auto with = [&](bool row) {
    return judge(e, {.objects = {}, .model = nullptr, .finds_row = [&](const std::string&) { return row; }}).verdict;
  };
  EXPECT_EQ(with(true), Verdict::done);
  EXPECT_EQ(with(false), Verdict::not_run);
  e.proof.done_when_empty = true;
  EXPECT_EQ(with(true), Verdict::not_run);
  EXPECT_EQ(with(false), Verdict::done);
}

TEST(Evidence, is_written_and_read) {
  Evidence e{.statement = "ALTER \"ü\"",
             .proof = {.kind = Proof::Kind::model,
                       .objects = {"a"},
                       .models = {{"a", "1", "2"}},
                       .renames = {{"x", "y"}},
                       .condition = "q",
                       .done_when_empty = true},
             .objects = {table("a", "x\ny", "7")},
             .others = {{"table b", "abc"}}};
  const auto back = evidence_from_json(to_json(e));
  EXPECT_EQ(to_json(back), to_json(e));
  EXPECT_EQ(back.objects, e.objects);
  EXPECT_EQ(back.proof.renames, e.proof.renames);
  EXPECT_THROW(evidence_from_json("{}"), Error);
}

TEST(Evidence, others_are_compared_too) {
  Evidence e{.statement = "ALTER TABLE a …", .proof = {.kind = Proof::Kind::definition, .objects = {"a"}}};
  for (const auto& o : {table("b", "same"), table("c", "old"), table("gone", "x")})
    e.others[key_of(o)] = brief_digest(o);
  EXPECT_THAT(changed_by_others(e, {table("a", "changed"), table("b", "same"), table("c", "new"), table("d", "made")}),
              ElementsAre("table c", "table d", "table gone"));
  EXPECT_THAT(
      changed_by_others(e, {table("b", "same"), table("c", "old"), table("gone", "x"), table("d", "refers to a")}),
      IsEmpty())
      << "what speaks of the table may change with it";
  e.others["trigger of_a"] = "";
  e.others["table child"] = "";
  EXPECT_THAT(changed_by_others(e, {table("b", "same"), table("c", "old"), table("gone", "x"), table("child", "new")}),
              IsEmpty())
      << "what spoke of it before may also go, or no longer speak of it";
}

}  // namespace
}  // namespace dbctl::migrate
