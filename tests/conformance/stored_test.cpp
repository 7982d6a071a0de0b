#include <algorithm>

#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// A checkout that does not have what is applied rolls it back as the ledger has it.
namespace dbctl::conformance {
namespace {

using schema::Operation;
using schema::TypeKind;
using testing::ElementsAre;
using testing::IsEmpty;

Operation make(std::string name) {
  return {.what = schema::CreateTable{
              {.name = std::move(name),
               .columns = {column("id", type(TypeKind::integer)), nullable(column("n", type(TypeKind::integer)))},
               .primary_key = {"id"}}}};
}
Operation numbered(std::string table, std::int64_t count) {
  std::vector<Row> all;
  for (std::int64_t id = 1; id <= count; ++id) all.push_back({id});
  return {.what = schema::InsertRows{std::move(table), {"id"}, all}};
}
Operation drop(std::string table) {
  return {.what = schema::DropTable{std::move(table)}};
}
Operation raw(std::string sql, std::string reverse) {
  return {.what = schema::RawSql{.sql = std::move(sql), .reversed_by = std::move(reverse)}};
}
Operation fill() {
  return {.what =
              schema::Backfill{.table = "a", .assignments = {{"n", "id"}}, .reversed_by = {{"n", "0"}}, .batch = 10}};
}
Error stop() {
  return Error(codes::stopped, {.summary = "stopped by SIGINT", .why = "nothing was sent after it", .next = {"again"}});
}

class StoredTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!stores()) GTEST_SKIP() << "a driver that stores nothing keeps no rollbacks";
  }
  static Written first() { return {"first", {make("a"), numbered("a", 25)}}; }
  static catalog::Catalog older() { return catalog_of({first()}); }
  static catalog::Catalog newer() {
    return catalog_of({first(),
                       {"by_hand", {make("b"), make("c")}, std::vector<Operation>{drop("b"), drop("c")}},
                       {"derived",
                        {{.what = schema::AddColumn{"a", nullable(column("m", type(TypeKind::integer)))}},
                         {.what = schema::AddUnique{"a", {.name = "uq_a_m", .columns = {"m"}}}}}},
                       {"raw", {raw("CREATE VIEW v AS SELECT 1 AS one", "DROP VIEW v")}},
                       {"fill", {fill()}}});
  }
  std::int64_t sum_of_n() {
    std::int64_t sum = 0;
    for (const auto& row : work().query({"SELECT n FROM a WHERE n IS NOT NULL"}).rows) sum += to_int(row.at(0));
    return sum;
  }
};

TEST_F(StoredTest, an_older_checkout_rolls_back_what_it_does_not_have) {
  up(newer());
  EXPECT_EQ(sum_of_n(), 325);
  EXPECT_EQ(code_of([&] { up(older()); }), codes::journal_missing.id);
  const auto outcome = down(older(), {.to = "first"});
  EXPECT_EQ(outcome.migrations.size(), 4U);
  EXPECT_THAT(user_tables(), ElementsAre("a"));
  EXPECT_EQ(sum_of_n(), 0);
  expect_described(older());
  EXPECT_THAT(states(older()), ElementsAre("first: applied"));
  EXPECT_TRUE(up(older()).migrations.empty()) << "it is all that the older one has";

  EXPECT_EQ(up(newer()).migrations.size(), 4U);
  expect_described(newer());
  EXPECT_EQ(sum_of_n(), 325);
  EXPECT_EQ(down(older(), {.all = true}).migrations.size(), 5U);
  EXPECT_THAT(user_tables(), IsEmpty());
  EXPECT_THAT(migrate::stored_reverses(database(), catalog_of({}), database().read()), IsEmpty());
}

TEST_F(StoredTest, an_interrupted_rollback_goes_on) {
  const auto newer = catalog_of({first(), {"second", {make("b"), make("c"), make("d")}}});
  up(newer);
  watcher_.before_statement = [](const auto& s) {
    if (s.number == 2) throw stop();
  };
  EXPECT_EQ(code_of([&] { down(older()); }), codes::stopped.id);
  watcher_.before_statement = nullptr;
  down(older());
  EXPECT_THAT(user_tables(), ElementsAre("a"));
  EXPECT_FALSE(database().read().progress.has_value());
  if (claims().transactional_ddl) return;
  EXPECT_THAT(history(), ElementsAre("applied first", "applied second", "resumed second", "reverted second"));
}

TEST_F(StoredTest, an_interrupted_backfill_goes_on) {
  up(catalog_of({first(), {"second", {fill()}}}));
  watcher_.after_batch = [] { throw stop(); };
  EXPECT_EQ(code_of([&] { down(older()); }), codes::stopped.id);
  EXPECT_EQ(sum_of_n(), 325 - 55);
  watcher_.after_batch = nullptr;
  watcher_.batches.clear();
  down(older());
  EXPECT_THAT(watcher_.batches, ElementsAre(10, 15));
  EXPECT_EQ(sum_of_n(), 0);
  EXPECT_THAT(history(), ElementsAre("applied first", "applied second", "resumed second", "reverted second"));
}

TEST_F(StoredTest, what_is_marked_as_applied_has_one_too) {
  const auto newer = catalog_of({first(), {"second", {make("b")}}});
  up(older());
  run(work(), database().dialect().render(make("b"), {}));
  EXPECT_TRUE(migrate::repair(
      database(), newer, migrate::Repair::mark_applied, "second", [](const std::string&) { return true; }, watcher_));
  down(older());
  EXPECT_THAT(user_tables(), ElementsAre("a"));
}

}  // namespace
}  // namespace dbctl::conformance
