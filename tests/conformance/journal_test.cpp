#include <algorithm>

#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/journal/chain.hpp"

/// dbctl's own tables work on this database.
namespace dbctl::conformance {
namespace {

using journal::Journal;

class JournalTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!stores()) GTEST_SKIP() << "a driver that stores nothing has no journal";
  }
  Journal& journal() { return database().journal(); }
  void make() {
    journal().create();
    journal().identify();
  }
};

const std::string when = "2024-01-15 09:00:00.123456";

journal::Applied applied(std::string version, std::int64_t batch) {
  return {"shop", std::move(version), "it's \"new\"", std::string(64, 'a'), batch, when, 12};
}

TEST_F(JournalTest, is_absent_then_made_once) {
  EXPECT_FALSE(journal().exists());
  EXPECT_TRUE(journal().read().meta.empty());
  EXPECT_TRUE(journal().history().empty());
  make();
  EXPECT_TRUE(journal().exists());
  const auto id = journal().read().meta.at(std::string(journal::meta::database));
  make();
  EXPECT_EQ(journal().read().meta.at(std::string(journal::meta::database)), id) << "the database keeps its uuid";
  EXPECT_EQ(journal().read().meta.at(std::string(journal::meta::format)), "2");
  EXPECT_TRUE(user_tables().empty());
}

TEST_F(JournalTest, a_table_that_is_missing_is_made_again) {
  make();
  const auto there = work().describe();
  for (const auto& step : database().dialect().render({.what = schema::DropTable{"dbctl_seeds"}}, there).steps)
    work().execute(step.statement);
  EXPECT_FALSE(journal().exists());
  make();
  EXPECT_TRUE(journal().exists());
}

TEST_F(JournalTest, of_a_newer_dbctl_is_refused) {
  make();
  journal().set_meta(journal::meta::format, "3");
  EXPECT_EQ(test::error_text([&] { journal().read(); }),
            "DBCTL-JRN-005 dbctl's tables have format 3, this dbctl knows 2\n"
            "-> use the dbctl that made them, or a newer one");
}

TEST_F(JournalTest, keeps_the_applied_set) {
  make();
  journal().applied(applied("20240101000002", 2));
  journal().applied(applied("20240101000001", 1));
  auto state = journal().read();
  ASSERT_EQ(state.applied.size(), 2U);
  const auto& first = state.applied.front();
  EXPECT_EQ(first.version, "20240101000001");
  EXPECT_EQ(first.name, "it's \"new\"");
  EXPECT_EQ(first.checksum, std::string(64, 'a'));
  EXPECT_EQ(first.applied_at, when);
  EXPECT_EQ(first.batch, 1);
  EXPECT_EQ(first.duration_ms, 12);
  EXPECT_TRUE(state.is_applied("shop", "20240101000002"));
  EXPECT_FALSE(state.is_applied("other", "20240101000002"));
  journal().accept_checksum("shop", "20240101000001", std::string(64, 'b'));
  journal().reverted("shop", "20240101000002");
  state = journal().read();
  ASSERT_EQ(state.applied.size(), 1U);
  EXPECT_EQ(state.applied.front().checksum, std::string(64, 'b'));
  EXPECT_EQ(code_of([&] { journal().applied(applied("20240101000001", 3)); }), codes::statement_constraint.id);
}

TEST_F(JournalTest, keeps_one_progress) {
  make();
  EXPECT_FALSE(journal().read().progress.has_value());
  journal::Progress p{.domain = "shop",
                      .version = "20240101000001",
                      .name = "first",
                      .direction = journal::Direction::up,
                      .done = 1,
                      .intent = true,
                      .batch = 4,
                      .hashes = std::string(64, 'c'),
                      .cursor = R"(["it's","\\"])",
                      .started_at = when};
  journal().progress(p);
  p.done = 3;
  p.intent = false;
  p.direction = journal::Direction::down;
  for (int i = 0; i < 200; ++i) p.hashes += "\n" + std::string(64, 'd');
  journal().progress(p);
  const auto read = journal().read().progress;
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->done, 3);
  EXPECT_FALSE(read->intent);
  EXPECT_EQ(read->direction, journal::Direction::down);
  EXPECT_EQ(read->hashes, p.hashes);
  EXPECT_EQ(read->cursor, p.cursor);
  EXPECT_EQ(read->started_at, when);
  EXPECT_EQ(read->batch, 4);
  journal().clear_progress();
  EXPECT_FALSE(journal().read().progress.has_value());
}

TEST_F(JournalTest, joins_the_open_transaction) {
  make();
  work().begin();
  journal().applied(applied("20240101000001", 1));
  work().rollback();
  EXPECT_TRUE(journal().read().applied.empty());
}

TEST_F(JournalTest, tells_history_in_order) {
  make();
  for (const char* what : {"applied", "failed", "reverted"})
    journal().event({.what = what,
                     .domain = "shop",
                     .version = "20240101000001",
                     .name = "first",
                     .at = when,
                     .duration_ms = 5,
                     .who = "Ann",
                     .host = "here",
                     .dbctl_version = "0.1.0",
                     .detail = std::string(5000, 'x')});
  const auto events = journal().history();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].what, "applied");
  EXPECT_EQ(events[2].what, "reverted");
  EXPECT_EQ(events[1].detail, std::string(5000, 'x'));
  EXPECT_EQ(events[1].at, when);
  EXPECT_EQ(events[1].who, "Ann");
}

TEST_F(JournalTest, chains_what_it_tells) {
  make();
  EXPECT_EQ(check_chain(journal().history(), journal().read()).number, 0);
  for (const char* at : {"2024-01-15 09:00:00.000000", "2024-01-15 09:00:00.120000", "2024-12-31 23:59:59.999999"})
    journal().event({.what = "applied",
                     .domain = "shop",
                     .version = "20240101000001",
                     .name = "it's \"new\" ",
                     .at = at,
                     .duration_ms = 5,
                     .who = "Zoë 🚀",
                     .host = "",
                     .dbctl_version = "0.1.0",
                     .detail = "two\nlines\\ "});
  const auto events = journal().history();
  const auto end = check_chain(events, journal().read());
  EXPECT_EQ(end.number, 3);
  EXPECT_EQ(end.hash, events.back().hash);
  EXPECT_NO_THROW(check_chain(events, journal().read(), events.front().hash)) << "a hash that was kept";
}

TEST_F(JournalTest, a_rollback_leaves_no_gap_in_the_chain) {
  make();
  const auto tell = [&](std::string detail) {
    journal().event({.what = "failed",
                     .domain = "shop",
                     .version = "20240101000001",
                     .name = "first",
                     .at = when,
                     .who = "Ann",
                     .host = "here",
                     .dbctl_version = "0.1.0",
                     .detail = std::move(detail)});
  };
  for (const char* kept : {"one", "two"}) {
    work().begin();
    tell("undone");
    tell("undone too");
    work().rollback();
    work().begin();
    tell(kept);
    work().commit();
  }
  EXPECT_EQ(check_chain(journal().history(), journal().read()).number, 2);
  Journal second(work(), database().dialect());
  second.event(journal().history().front());
  tell("after another's");
  EXPECT_EQ(check_chain(journal().history(), journal().read()).number, 4);
}

TEST_F(JournalTest, keeps_rollbacks) {
  make();
  EXPECT_FALSE(journal().reverse("shop", "20240101000001").has_value());
  journal().applied(applied("20240101000001", 1), std::string(100'000, 'x'));
  journal().applied(applied("20240101000002", 1));
  EXPECT_EQ(journal().reverse("shop", "20240101000001"), std::string(100'000, 'x'));
  EXPECT_FALSE(journal().reverse("other", "20240101000001").has_value());
  EXPECT_FALSE(journal().reverse("shop", "20240101000002").has_value());
  journal().reverted("shop", "20240101000001");
  EXPECT_FALSE(journal().reverse("shop", "20240101000001").has_value());
  journal().applied(applied("20240101000001", 1), "y");
  journal().forget_everything();
  EXPECT_FALSE(journal().reverse("shop", "20240101000001").has_value());
}

TEST_F(JournalTest, remembers_seeds) {
  make();
  std::vector<journal::Seeded> added;
  for (int i = 0; i < 1500; ++i)
    added.push_back({"S", i % 2 == 0 ? "a" : "b", std::to_string(i), "x,y", std::string(64, 'e')});
  journal().seeded(added, {});
  EXPECT_EQ(journal().seeded("S").size(), 1500U);
  EXPECT_TRUE(journal().seeded("T").empty());
  journal().seeded({}, {{"S", "a", "0", "x", std::string(64, 'f')}});
  const auto all = journal().seeded("S");
  EXPECT_EQ(std::ranges::count(all, std::string(64, 'f'), &journal::Seeded::content), 1);
  journal().forget_seeds("a");
  EXPECT_EQ(journal().seeded("S").size(), 750U);
  journal().applied(applied("20240101000001", 1));
  journal().forget_everything();
  EXPECT_TRUE(journal().seeded("S").empty());
  EXPECT_TRUE(journal().read().applied.empty());
  EXPECT_FALSE(journal().read().meta.empty()) << "the identity stays";
}

TEST_F(JournalTest, says_what_was_changed_by_hand) {
  make();
  journal().applied(applied("20240101000001", 1));
  const auto& dialect = database().dialect();
  try {
    work().execute(
        {.sql = "UPDATE " + dialect.quote("dbctl_migrations") + " SET " + dialect.quote("applied_at") + " = 'soon'"});
  } catch (const StatementError&) {
    return;  // a database that keeps no such value
  }
  if (!stores()) return;
  EXPECT_EQ(test::error_text([&] { journal().read(); }),
            "DBCTL-JRN-005 dbctl_migrations.applied_at holds a value that dbctl did not write\n"
            "at dbctl_migrations\n"
            "because 'soon' is not a timestamp\n"
            "-> put the value back with the database's own client, or restore the table from a backup");
}

TEST_F(JournalTest, refuses_another_environment) {
  make();
  journal().set_meta(journal::meta::environment, "staging");
  EXPECT_NO_THROW(database().read()) << "an anonymous run is not told apart";
  if (subject().in_memory()) return;
  journal::Database production(subject().driver(), subject().options(), {.actor = {}, .environment = "production"});
  EXPECT_EQ(code_of([&] { production.read(); }), codes::environment_stamp.id);
}

TEST_F(JournalTest, a_second_run_waits_for_the_lock_and_names_its_holder) {
  if (!claims().session_lock || !shared()) return;
  const auto held = database().lock(watcher_);
  journal::Database second(subject().driver(), subject().options(),
                           {.lock_timeout = std::chrono::milliseconds(0), .actor = {}});
  try {
    const auto lock = second.lock(watcher_);
    ADD_FAILURE() << "two hold the lock";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::lock_timeout.id);
    EXPECT_TRUE(error.details().why.starts_with("the lock is held by ")) << error.details().why;
  }
}

}  // namespace
}  // namespace dbctl::conformance
