#include <algorithm>
#include <csignal>
#include <thread>
#include <utility>

#include "conformance/child.hpp"
#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// Runs that keep others out by a lease, and what becomes of one that stood still for longer.
namespace dbctl::conformance {
namespace {

using namespace std::chrono_literals;
using schema::Operation;
using schema::TypeKind;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto lease = 3s;

class LeaseTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!shared()) GTEST_SKIP() << "nobody else can reach this database";
  }
  journal::Database leased(std::chrono::milliseconds lock_timeout) const {
    return {subject().driver(),
            subject().options(),
            {.lock_timeout = lock_timeout, .actor = {"tester", "here", "0.1.0"}, .lease = lease}};
  }
  static Operation raw(std::string sql) { return {.what = schema::RawSql{.sql = std::move(sql)}}; }
  static catalog::Catalog counting() {
    return catalog_of({{"make",
                        {{.what = schema::CreateTable{{.name = "a",
                                                       .columns = {column("id", type(TypeKind::integer)),
                                                                   nullable(column("n", type(TypeKind::integer)))},
                                                       .primary_key = {"id"}}}},
                         {.what = schema::InsertRows{"a", {"id", "n"}, {{std::int64_t{1}, std::int64_t{0}}}}}}},
                       {"one", {raw("UPDATE a SET n = n + 1")}, std::vector<Operation>{}},
                       {"ten", {raw("UPDATE a SET n = n + 10")}, std::vector<Operation>{}}});
  }
  /// Two definitions in one migration, the first of which commits by itself wherever any does.
  static catalog::Catalog defining() {
    schema::Index index{.name = "a_n", .parts = {{.column = "n"}}};
    index.concurrently = !claims().in_process;
    return catalog_of({{"make", counting().migrations().front().body().up},
                       {"one",
                        {{.what = schema::CreateIndex{"a", std::move(index)}},
                         {.what = schema::AddColumn{"a", nullable(column("m", type(TypeKind::integer)))}}}},
                       {"ten", {raw("UPDATE a SET n = n + 10")}, std::vector<Operation>{}}});
  }
  std::int64_t n() { return to_int(work().query({"SELECT n FROM a"}).rows.at(0).at(0)); }

  /// A run that stands still in the migration "one", at that point.
  int run_and_stop(const catalog::Catalog& catalog, migrate::Boundary at) const {
    auto run = leased(10s);
    Watcher watcher;
    bool stood = false;
    watcher.at_boundary = [&](const auto& migration, auto boundary) {
      if (migration.name != "one" || boundary != at || std::exchange(stood, true)) return;
      ::raise(SIGSTOP);
      std::this_thread::sleep_for(lingers_);
    };
    migrate::migrate(run, catalog, {}, {}, watcher);
    return 0;
  }

  /// The next run, while the first stands still; then that one goes on. Returns the exit codes of both.
  std::pair<int, int> overtake(const catalog::Catalog& catalog, migrate::Boundary at) {
    up(catalog, {.steps = 1});
    Child late([&] { return run_and_stop(catalog, at); });
    if (!late.stops()) return {-1, -1};
    // A file's transaction ends with its process, and the next one waits for it; elsewhere the session is ended.
    const bool holds_the_file = claims().in_process && at != migrate::Boundary::recorded;
    int next = 0;
    try {
      auto run = leased(holds_the_file ? std::chrono::milliseconds(2 * lease) : 60s);
      migrate::migrate(run, catalog, {}, {}, watcher_);
    } catch (const Error& error) {
      next = static_cast<int>(error.code().exit);
      if (!holds_the_file) ADD_FAILURE() << test::error_text([&] { throw; });
    }
    late.go_on();
    return {next, late.wait()};
  }

  std::chrono::milliseconds lingers_{0};  ///< what stood still takes its time when it goes on

  void expect_defined_once(migrate::Boundary at) {
    const auto [next, late] = overtake(defining(), at);
    const bool waits = claims().in_process && at != migrate::Boundary::recorded;
    EXPECT_EQ(next, waits ? 5 : 0);
    EXPECT_EQ(late, waits ? 0 : 5);
    EXPECT_EQ(n(), 10);
    expect_described(defining());
    const auto events = history();
    EXPECT_EQ(std::ranges::count(events, "applied one"), 1) << testing::PrintToString(events);
  }
};

TEST_F(LeaseTest, a_run_that_stood_still_before_a_statement_is_fenced_off) {
  const auto [next, late] = overtake(counting(), migrate::Boundary::sending);
  EXPECT_EQ(next, claims().in_process ? 5 : 0);
  EXPECT_EQ(late, claims().in_process ? 0 : 5);
  EXPECT_EQ(n(), 11);
}

TEST_F(LeaseTest, a_run_that_stood_still_after_a_statement_is_fenced_off) {
  const auto [next, late] = overtake(counting(), migrate::Boundary::done);
  EXPECT_EQ(next, claims().in_process ? 5 : 0);
  EXPECT_EQ(late, claims().in_process ? 0 : 5);
  EXPECT_EQ(n(), 11);
}

TEST_F(LeaseTest, a_run_that_stood_still_after_a_commit_is_fenced_off) {
  const auto [next, late] = overtake(counting(), migrate::Boundary::recorded);
  EXPECT_EQ(next, 0);
  EXPECT_EQ(late, 5);
  EXPECT_EQ(n(), 11);
}

TEST_F(LeaseTest, a_definition_whose_run_stood_still_before_it_is_made_once) {
  expect_defined_once(migrate::Boundary::sending);
}

TEST_F(LeaseTest, a_definition_whose_run_stood_still_after_it_is_made_once) {
  expect_defined_once(migrate::Boundary::done);
}

TEST_F(LeaseTest, a_definition_whose_run_stood_still_when_it_was_recorded_is_made_once) {
  expect_defined_once(migrate::Boundary::recorded);
}

TEST_F(LeaseTest, a_run_whose_heartbeat_is_the_first_to_notice_is_fenced_off) {
  lingers_ = lease / 2;  // more than a beat, so that the next statement's check knows, on a session that was ended
  expect_defined_once(migrate::Boundary::done);
}

TEST_F(LeaseTest, it_is_renewed_while_its_holder_lives) {
  auto holder = leased(10s), waiter = leased(3 * std::chrono::milliseconds(lease));
  std::optional<journal::Database::Lock> lock(holder.lock(watcher_));
  Watcher watcher;
  try {
    waiter.lock(watcher);
    ADD_FAILURE() << "two hold the lease";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::lock_timeout.id);
    EXPECT_THAT(error.details().why, testing::MatchesRegex("the lease is held by dbctl on here, pid [0-9]+, user "
                                                           "tester, since .*"));
  }
  ASSERT_FALSE(watcher.waited_for.empty());
  EXPECT_THAT(watcher.waited_for.front(), HasSubstr("user tester"));
  EXPECT_NO_THROW(holder.check_lock());
  lock.reset();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_NO_THROW(waiter.lock(watcher_));
  EXPECT_LT(std::chrono::steady_clock::now() - start, lease) << "it was given up: there is nothing to wait for";
}

TEST_F(LeaseTest, all_later_runs_take_one_too) {
  {
    auto first = leased(10s);
    migrate::migrate(first, counting(), {}, {.steps = 1}, watcher_);
  }
  auto holder = leased(10s);
  const auto lock = holder.lock(watcher_);
  journal::Database plain(subject().driver(), subject().options(),
                          {.lock_timeout = 0ms, .actor = {"tester", "here", "0.1.0"}});
  EXPECT_EQ(code_of([&] { plain.lock(watcher_); }), codes::lock_timeout.id) << "a session's lock would be free";
}

TEST_F(LeaseTest, what_is_written_by_an_overtaken_run_is_not_kept) {
  auto run = leased(10s);
  const auto lock = run.lock(watcher_);
  run.make_journal();
  work().execute({"UPDATE dbctl_lock SET token = token + 1"});  // as a takeover does
  EXPECT_EQ(test::error_text([&] { run.journal().set_meta("x", "y"); }),
            "DBCTL-LCK-002 fenced off: another dbctl has taken over this database\n"
            "at " +
                subject().driver().target(subject().options()) +
                "\n"
                "because this run stood still for longer than its lease of 3 s; now it is " +
                to_text(work().query({"SELECT holder FROM dbctl_lock WHERE id = 1"}).rows.at(0).at(0)) +
                "\n"
                "-> dbctl status\n"
                "-> the same command again, which continues");
  EXPECT_FALSE(database().read().meta.contains("x"));
  EXPECT_EQ(code_of([&] { run.connection().execute({"CREATE TABLE late (n integer)"}); }), codes::lock_lost.id)
      << "nor is anything sent that commits by itself";
}

TEST_F(LeaseTest, a_run_that_is_gone_is_overtaken_when_its_time_is_up) {
  up(counting(), {.steps = 1});
  {
    Child killed([&] { return run_and_stop(counting(), migrate::Boundary::recorded); });
    ASSERT_TRUE(killed.stops());
    killed.kill();
  }
  auto hasty = leased(100ms);
  EXPECT_EQ(code_of([&] { hasty.lock(watcher_); }), codes::lock_timeout.id);
  auto next = leased(60s);
  EXPECT_EQ(migrate::migrate(next, counting(), {}, {}, watcher_).migrations.size(), 1U);
  EXPECT_EQ(n(), 11);
}

}  // namespace
}  // namespace dbctl::conformance
