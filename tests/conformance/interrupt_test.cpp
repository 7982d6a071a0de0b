#include <algorithm>

#include "conformance/faulty.hpp"
#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// Runs that are stopped, lose their lock, or are edited half way; and what the ledger keeps of them.
namespace dbctl::conformance {
namespace {

using schema::Operation;
using schema::TypeKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Operation make(std::string name) {
  return {.what = schema::CreateTable{
              {.name = std::move(name),
               .columns = {column("id", type(TypeKind::integer)), nullable(column("n", type(TypeKind::integer)))},
               .primary_key = {"id"}}}};
}
Operation numbered(std::int64_t count) {
  std::vector<Row> all;
  for (std::int64_t id = 1; id <= count; ++id) all.push_back({id});
  return {.what = schema::InsertRows{"a", {"id"}, all}};
}
Operation backfill(std::string expression) {
  return {.what = schema::Backfill{
              .table = "a", .assignments = {{"n", std::move(expression)}}, .keeps_data = true, .batch = 10}};
}
Error stop() {
  return Error(codes::stopped, {.summary = "stopped by SIGINT", .why = "nothing was sent after it", .next = {"again"}});
}

class InterruptTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!stores()) GTEST_SKIP() << "a driver that stores nothing keeps nothing of a run";
  }
  std::int64_t sum_of_n() {
    std::int64_t sum = 0;
    for (const auto& row : work().query({"SELECT n FROM a WHERE n IS NOT NULL"}).rows) sum += to_int(row.at(0));
    return sum;
  }
};

TEST_F(InterruptTest, a_stop_is_no_failure) {
  const auto catalog =
      catalog_of({{"first", {make("x")}}, {"second", {add_column("x", "a"), add_column("x", "b"), make("c")}}});
  watcher_.before_statement = [](const auto& s) {
    if (s.number == 3) throw stop();
  };
  try {
    up(catalog);
    ADD_FAILURE() << "it went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::stopped.id);
    EXPECT_THAT(error.details().next, ElementsAre("again")) << "there is nothing to mend";
    const bool undone =
        error.details().why.find("what had run of its group was undone: 2 statements") != std::string::npos;
    EXPECT_EQ(undone, claims().transactional_ddl) << error.details().why;
  }
  EXPECT_THAT(history(), ElementsAre("applied first"));
  watcher_.before_statement = nullptr;
  up(catalog);
  EXPECT_THAT(user_tables(), ElementsAre("c", "x"));
}

TEST_F(InterruptTest, a_backfill_stops_between_batches_and_goes_on) {
  const auto catalog = catalog_of({{"make", {make("a"), numbered(25)}}, {"fill", {backfill("id")}}});
  watcher_.after_batch = [] { throw stop(); };
  EXPECT_EQ(code_of([&] { up(catalog); }), codes::stopped.id);
  EXPECT_EQ(sum_of_n(), 55);
  watcher_.after_batch = nullptr;
  watcher_.batches.clear();
  up(catalog);
  EXPECT_THAT(watcher_.batches, ElementsAre(10, 15)) << "it goes on after the batch that is done";
  EXPECT_EQ(sum_of_n(), 25 * 26 / 2);
  EXPECT_FALSE(database().read().progress.has_value());
}

TEST_F(InterruptTest, an_edited_backfill_is_for_all_rows) {
  const auto with = [](const std::string& expression) {
    return catalog_of({{"make", {make("a"), numbered(25)}}, {"fill", {backfill(expression)}}});
  };
  watcher_.after_batch = [] { throw stop(); };
  EXPECT_EQ(code_of([&] { up(with("id")); }), codes::stopped.id);
  watcher_.after_batch = nullptr;
  EXPECT_EQ(
      test::error_text([&] { up(with("COALESCE(n, 0) + 1")); }),
      "DBCTL-JRN-001 20240101000002_fill was interrupted in its backfill of a, which is another one now\n"
      "at migrations/shop/20240101000002_fill.cpp\n"
      "because the rows up to key [\"10\"] were changed by the old one, and the new one computes n from n, which it "
      "changes itself\n"
      "-> put the backfill back as it was, then run the command again\n"
      "-> all of it done by hand: dbctl repair --mark-applied 20240101000002\n"
      "-> all of it undone by hand: dbctl repair --mark-reverted 20240101000002\n"
      "-> mend the migration, then: dbctl migrate");
  EXPECT_TRUE(database().read().progress.has_value());
  up(with("id * 2"));
  EXPECT_EQ(sum_of_n(), 25 * 26);
}

TEST_F(InterruptTest, a_failure_to_begin_names_no_statement_of_another_migration) {
  if (!shared()) return;
  const auto catalog = catalog_of({{"first", {make("a")}}, {"second", {make("b")}}});
  Faulty driver(subject().driver());
  journal::Database run(driver, subject().options(), {.actor = {}});
  watcher_.statements.clear();
  bool reading = false;
  driver.after = [&](std::size_t session, const Statement& s) {
    if (reading || session != 0 || !s.sql.empty()) return;  // commits only
    reading = true;
    const bool first_is_applied = run.journal().read().applied.size() == 1;
    reading = false;
    if (first_is_applied) driver.end(0);
  };
  try {
    migrate::migrate(run, catalog, {}, {}, watcher_);
    ADD_FAILURE() << "it went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::connection_lost.id);
    EXPECT_EQ(error.details().where.find("second"), std::string::npos) << error.details().where;
  }
}

TEST_F(InterruptTest, which_of_several_was_at_work_is_not_guessed) {
  if (!shared() || !claims().transactional_ddl) return;
  const auto catalog = catalog_of({{"first", {make("a"), make("b"), make("c")}}});
  Faulty driver(subject().driver());
  journal::Database run(driver, subject().options(), {.actor = {}});
  driver.after = [&](std::size_t session, const Statement& s) {
    if (s.sql.starts_with("CREATE TABLE \"b\"")) driver.end(session);
  };
  EXPECT_THAT(test::error_text([&] { migrate::migrate(run, catalog, {}, {}, watcher_); }),
              AllOf(StartsWith(std::string(codes::connection_lost.id)), HasSubstr("statement 1 of 3"),
                    HasSubstr("it was sent together with the 2 statements after it")));
  EXPECT_THAT(user_tables(), IsEmpty());
  up(catalog);
  EXPECT_THAT(user_tables(), ElementsAre("a", "b", "c"));
}

TEST_F(InterruptTest, what_is_resumed_is_not_sent_together) {
  if (!shared() || !claims().transactional_ddl) return;
  auto broken = Operation{
      .what = schema::RawSql{.sql = "SELECT nothing FROM nowhere", .outside_transaction = true, .repeatable = true}};
  EXPECT_THROW(up(catalog_of({{"first", {make("a"), broken, add_column("a", "o")}, std::vector<Operation>{}}})),
               StatementError);
  EXPECT_THAT(user_tables(), ElementsAre("a")) << "others may have rows in it by now";
  std::vector<migrate::Boundary> seen;
  watcher_.at_boundary = [&](const auto&, migrate::Boundary boundary) { seen.push_back(boundary); };
  up(catalog_of({{"first", {make("a"), add_column("a", "o"), add_column("a", "p")}, std::vector<Operation>{}}}));
  using migrate::Boundary;
  EXPECT_THAT(seen, ElementsAre(Boundary::sending, Boundary::done, Boundary::sending, Boundary::done,
                                Boundary::recorded, Boundary::recorded));
}

TEST_F(InterruptTest, a_lock_that_is_lost_ends_the_run) {
  if (!claims().session_lock || !shared() || claims().in_process) return;
  const auto catalog = catalog_of({{"first", {make("a")}}, {"second", {make("b")}}, {"third", {make("c")}}});
  Faulty driver(subject().driver());
  journal::Database run(driver, subject().options(), {.actor = {}});
  watcher_.before_statement = [&](const auto& s) {
    if (s.operation == "create_table b") driver.end(1);  // the session that holds the lock
  };
  EXPECT_EQ(test::error_text([&] { migrate::migrate(run, catalog, {}, {}, watcher_); }),
            "DBCTL-LCK-002 the lock of this database was lost\n"
            "at " +
                subject().driver().target(subject().options()) +
                "\n"
                "because the session that held it has ended; another dbctl may be at work by now\n"
                "-> dbctl status\n"
                "-> the same command again, which continues");
  watcher_.before_statement = nullptr;
  const auto there = user_tables();
  EXPECT_EQ(std::ranges::count(there, "c"), 0) << "nothing more was sent";
}

TEST_F(InterruptTest, a_command_takes_the_lock_again_and_gives_it_up_once) {
  if (!claims().session_lock || !shared()) return;
  journal::Database second(subject().driver(), subject().options(),
                           {.lock_timeout = std::chrono::milliseconds(0), .actor = {}});
  {
    const auto outer = database().lock(watcher_);
    { const auto inner = database().lock(watcher_); }
    EXPECT_EQ(code_of([&] { second.lock(watcher_); }), codes::lock_timeout.id) << "the outer one holds it still";
    EXPECT_EQ(up(catalog_of({{"first", {make("a")}}})).migrations.size(), 1U);
  }
  EXPECT_EQ(code_of([&] { second.lock(watcher_); }), "nothing");
}

TEST_F(InterruptTest, what_was_seeded_into_a_dropped_table_is_forgotten) {
  const auto catalog = catalog_of({{"make", {make("a"), make("b")}}, {"drop", {{.what = schema::DropTable{"b"}}}}});
  up(catalog, {.steps = 1});
  database().journal().seeded({{"S", "a", "1", "n", "x"}, {"S", "b", "1", "n", "x"}}, {});
  up(catalog);
  ASSERT_EQ(database().journal().seeded("S").size(), 1U);
  EXPECT_EQ(database().journal().seeded("S").front().table, "a");
  down(catalog, {.all = true});
  EXPECT_THAT(database().journal().seeded("S"), IsEmpty());
}

TEST_F(InterruptTest, a_delete_cascades_although_a_table_is_remade_after_it) {
  auto child = make("child");
  auto& table = std::get<schema::CreateTable>(child.what).table;
  table.foreign_keys = {{.name = "fk_child_n",
                         .columns = {"n"},
                         .references = "a",
                         .references_columns = {"id"},
                         .on_delete = schema::Action::cascade}};
  const auto catalog =
      catalog_of({{"make",
                   {make("a"),
                    child,
                    numbered(2),
                    {.what = schema::InsertRows{"child", {"id", "n"}, {{std::int64_t{1}, std::int64_t{1}}}}}}},
                  {"change",
                   {{.what = schema::RawSql{.sql = "DELETE FROM a WHERE id = 1"}},
                    {.what = schema::AddCheck{"a", {.name = "ck_a_id", .expression = "id > 1"}}}},
                   std::vector<Operation>{}}});
  up(catalog);
  EXPECT_EQ(work().query({"SELECT id FROM child"}).size(), 0U);
  EXPECT_THAT(states(catalog), ElementsAre("make: applied", "change: applied"));
}

TEST_F(InterruptTest, every_command_that_writes_stamps) {
  if (!shared()) return;
  const auto catalog = catalog_of({{"make", {make("a")}}});
  up(catalog);  // anonymous
  const auto meta = [&](std::string_view key) {
    const auto state = database().read();
    const auto it = state.meta.find(std::string(key));
    return it == state.meta.end() ? "none" : it->second;
  };
  EXPECT_EQ(meta(journal::meta::environment), "none");
  journal::Settings settings{.actor = {}, .environment = "staging"};
  {
    journal::Database named(subject().driver(), subject().options(), settings);
    EXPECT_TRUE(migrate::migrate(named, catalog, {}, {}, watcher_).migrations.empty());
  }
  EXPECT_EQ(meta(journal::meta::environment), "staging") << "although nothing was pending";
  EXPECT_EQ(meta(journal::meta::protect), "false");
  settings.protect = true;
  {
    journal::Database named(subject().driver(), subject().options(), settings);
    catalog::Catalog seeders;
    seeders.add_seeder("shop", "seeders/s_seeder.cpp", "S", [] { return catalog::SeederBody{}; });
    seed::run(named, seeders, {}, {}, seed_watcher_);
  }
  EXPECT_EQ(meta(journal::meta::protect), "true");
  settings.protect = false;
  {
    journal::Database named(subject().driver(), subject().options(), settings);
    migrate::repair(
        named, catalog, migrate::Repair::mark_reverted, "make", [](const auto&) { return true; }, watcher_);
  }
  EXPECT_EQ(meta(journal::meta::protect), "false");
}

TEST_F(InterruptTest, repairs_what_is_named_and_nothing_else) {
  catalog::Catalog catalog;
  for (const std::string domain : {"one", "two"})
    catalog.add_migration(domain, "migrations/" + domain + "/20240101000001_make.cpp",
                          [domain] { return catalog::Body{{make(domain)}}; });
  const auto repair = [&](migrate::Repair what, const std::string& name) {
    return migrate::repair(
        database(), catalog, what, name, [](const auto&) { return true; }, watcher_);
  };
  EXPECT_EQ(code_of([&] { repair(migrate::Repair::mark_applied, "bogus"); }), codes::catalog_unknown_migration.id);
  EXPECT_THAT(work().relations(), IsEmpty()) << "a refusal makes no tables";
  up(catalog);
  EXPECT_EQ(test::error_text([&] { repair(migrate::Repair::mark_reverted, "make"); }),
            "DBCTL-CAT-004 \"make\" is the name of more than one migration\n"
            "-> give one/20240101000001_make for migrations/one/20240101000001_make.cpp\n"
            "-> give two/20240101000001_make for migrations/two/20240101000001_make.cpp\n"
            "-> `dbctl status` lists all migrations");
  EXPECT_TRUE(repair(migrate::Repair::mark_reverted, "two/20240101000001"));
  EXPECT_THAT(states(catalog), ElementsAre("make: applied", "make: pending"));
  const catalog::Catalog none;
  EXPECT_TRUE(migrate::repair(
      database(), none, migrate::Repair::mark_reverted, "one/make", [](const auto&) { return true; }, watcher_))
      << "what only the ledger knows is named alike";
  EXPECT_THAT(database().read().applied, IsEmpty());
}

}  // namespace
}  // namespace dbctl::conformance
