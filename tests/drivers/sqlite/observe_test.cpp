#include <csignal>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drivers/sqlite/support.hpp"

namespace dbctl::sqlite::test {
namespace {

using State = driver::SessionState::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(Shop& shop, std::vector<std::string> asked = {}) {
  std::vector<std::string> out;
  for (const auto& object : shop->observe({.names = std::move(asked)})) out.push_back(object.kind + ' ' + object.name);
  return out;
}

TEST(SqliteObserve, every_kind_of_object) {
  Shop shop;
  for (const char* sql :
       {"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT UNIQUE)", "CREATE TABLE dbctl_t (a INTEGER)",
        "CREATE INDEX i ON t (b)", "CREATE INDEX j ON dbctl_t (a)", "CREATE VIEW v AS SELECT a FROM t",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 0; END", "CREATE TABLE sqlitelike (a)"})
    shop.execute(sql);
  EXPECT_THAT(names(shop), ElementsAre("index i", "table sqlitelike", "table t", "trigger r", "view v"));
  EXPECT_THAT(names(shop, {"T", "not_there"}), ElementsAre("index i", "table t"));
  EXPECT_THAT(names(shop, {"i"}), ElementsAre("index i"));
  EXPECT_THAT(names(shop, {"j", "dbctl_t"}), IsEmpty());
  const auto before = shop->observe({});
  shop.execute("INSERT INTO t (b) VALUES ('x'), ('y')");
  shop.execute("ANALYZE");
  shop.execute("VACUUM");
  EXPECT_EQ(shop->observe({}), before);
  shop.execute("ALTER TABLE t ADD COLUMN c");
  EXPECT_NE(shop->observe({}), before);
}

TEST(SqliteObserve, virtual_tables) {
  Shop shop;
  shop.execute("CREATE VIRTUAL TABLE f USING fts5(a)");
  EXPECT_THAT(names(shop, {"f"}), ElementsAre("table f"));
}

TEST(SqliteObserve, a_session_is_a_process_of_this_host) {
  Shop shop;
  const auto self = shop->session();
  EXPECT_EQ(shop->state_of(self).kind, State::there);
  EXPECT_FALSE(shop->end(self)) << "it cannot";
  const auto slash = self.id.find('/'), second = self.id.rfind('/');
  EXPECT_EQ(shop->state_of({self.id.substr(0, slash) + "/12@34" + self.id.substr(second)}).kind, State::gone)
      << "another process had this number";
  EXPECT_EQ(shop->state_of({self.id.substr(0, second) + "/elsewhere"}).kind, State::hidden);
  const auto child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::pause();
    ::_exit(0);
  }
  const auto id = std::to_string(child) + self.id.substr(slash);
  EXPECT_EQ(shop->state_of({id}).kind, State::gone) << "it started later than this process";
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(shop->state_of({id}).kind, State::gone);
  EXPECT_TRUE(shop->end({id})) << "nothing to do";
}

TEST(SqliteObserve, nothing_to_clean_up_and_nothing_outside_transactions) {
  Shop shop;
  shop.execute("CREATE TABLE t (a)");
  EXPECT_THAT(shop->clean_up({"t"}), IsEmpty());
  EXPECT_THAT(shop->not_transactional(), IsEmpty());
  EXPECT_THAT(shop->blockers({"t"}), IsEmpty());
}

}  // namespace
}  // namespace dbctl::sqlite::test
