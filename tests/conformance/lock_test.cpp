#include <csignal>
#include <thread>

#include "conformance/child.hpp"
#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// How a run keeps others out, and what it leaves to its next one.
namespace dbctl::conformance {
namespace {

using namespace std::chrono_literals;
using schema::Operation;
using schema::TypeKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Operation make(std::string name) {
  return {.what = schema::CreateTable{
              {.name = std::move(name),
               .columns = {column("id", type(TypeKind::integer)), nullable(column("n", type(TypeKind::integer)))},
               .primary_key = {"id"}}}};
}
Operation raw(std::string sql) {
  return {.what = schema::RawSql{.sql = std::move(sql)}};
}

class LocksTest : public RunnerTest {
 protected:
  journal::Settings settings(std::chrono::milliseconds lock_timeout) const {
    return {.lock_timeout = lock_timeout, .actor = {"tester", "here", "0.1.0"}};
  }
  journal::Database another(std::chrono::milliseconds lock_timeout) const {
    return {subject().driver(), subject().options(), settings(lock_timeout)};
  }
  /// A server's session; a file has none that outlives its process.
  static bool has_sessions() { return claims().session_lock && shared() && !claims().in_process; }
};

TEST_F(LocksTest, what_an_earlier_run_left_running_is_waited_for) {
  if (!has_sessions()) return;
  up(catalog_of({{"first", {make("a")}}}));
  const auto name = "dbctl:work:" + database().journal().identity();
  auto earlier = subject().connect();
  ASSERT_TRUE(earlier->try_lock(name)) << "nobody works";
  auto next = another(300ms);
  try {
    next.lock(watcher_);
    ADD_FAILURE() << "it was not waited for";
  } catch (const Error& error) {
    EXPECT_EQ(error.code().id, codes::lock_work.id);
    EXPECT_EQ(error.code().exit, Exit::lock);
    EXPECT_EQ(error.details().summary, "a statement of an earlier run is still running");
    EXPECT_THAT(error.details().why, testing::StartsWith("its client is gone, and the server is not done with it: "));
  }
  ASSERT_FALSE(watcher_.waited_for.empty());
  EXPECT_THAT(watcher_.waited_for.front(), testing::StartsWith("a statement of an earlier run: "));
  earlier.reset();
  auto patient = another(10s);
  EXPECT_NO_THROW(patient.lock(watcher_)) << "neither lock is held any more";
}

TEST_F(LocksTest, the_session_that_works_holds_a_lock_until_the_run_is_over) {
  if (!has_sessions()) return;
  up(catalog_of({{"first", {make("a")}}}));
  const auto name = "dbctl:work:" + database().journal().identity();
  const auto other = subject().connect();
  {
    const auto lock = database().lock(watcher_);
    EXPECT_FALSE(other->try_lock(name));
    work().reset_session();
    EXPECT_FALSE(other->try_lock(name)) << "after a reset";
  }
  EXPECT_TRUE(other->try_lock(name)) << "the run is over";
}

TEST_F(LocksTest, a_first_run_holds_it_too) {
  if (!has_sessions()) return;
  const auto other = subject().connect();
  bool free = true;
  watcher_.before_statement = [&](const auto&) {
    free = other->try_lock("dbctl:work:" + database().journal().identity());
  };
  up(catalog_of({{"first", {make("a")}}}));
  EXPECT_FALSE(free);
}

TEST_F(LocksTest, a_session_holds_several_locks) {
  if (!has_sessions()) return;
  const auto one = subject().connect(), other = subject().connect();
  EXPECT_TRUE(one->try_lock("dbctl:one"));
  EXPECT_TRUE(one->try_lock("dbctl:two"));
  EXPECT_FALSE(other->try_lock("dbctl:one"));
  EXPECT_FALSE(other->try_lock("dbctl:two"));
  one->unlock();
  EXPECT_TRUE(other->try_lock("dbctl:one"));
  EXPECT_TRUE(other->try_lock("dbctl:two"));
}

TEST_F(LocksTest, a_waiter_with_nothing_left_to_do_is_done) {
  if (!claims().session_lock || !shared()) return;
  const auto catalog = catalog_of({{"first", {make("a")}}});
  Child waiter([&] {
    ::raise(SIGSTOP);  // a file's lock that is there by then would be the child's too
    auto run = another(60s);
    Watcher watcher;
    return migrate::migrate(run, catalog, {}, {}, watcher).migrations.empty() && !watcher.waited_for.empty() ? 0 : 1;
  });
  ASSERT_TRUE(waiter.stops());
  std::optional<journal::Database::Lock> lock(database().lock(watcher_));
  waiter.go_on();
  std::this_thread::sleep_for(2s);  // long enough to plan and to find the lock taken
  EXPECT_EQ(up(catalog).migrations.size(), 1U);
  lock.reset();
  EXPECT_EQ(waiter.wait(), 0) << "it waited, and then there was nothing to apply";
}

/// Statements that make another schema or database the session's default, in the words of some database.
TEST_F(LocksTest, the_journal_is_found_whatever_the_session_takes_for_its_own) {
  if (!stores()) return;
  for (const std::string words : {"SET search_path = pg_catalog", "USE mysql", "USE information_schema"}) {
    try {
      Test::subject().connect()->execute({words});
    } catch (const Error&) {
      continue;  // another database's words
    }
    SCOPED_TRACE(words);
    const auto catalog =
        catalog_of({{"make", {make("a")}}, {"turn", {raw(words)}, std::vector<Operation>{}}, {"after", {make("b")}}});
    up(catalog);
    EXPECT_THAT(states(catalog), ElementsAre("make: applied", "turn: applied", "after: applied"));
    work().reset_session();
    down(catalog, {.all = true});
    EXPECT_THAT(user_tables(), IsEmpty());
  }
}

}  // namespace
}  // namespace dbctl::conformance
