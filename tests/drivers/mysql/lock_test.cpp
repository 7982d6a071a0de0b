#include <csignal>
#include <thread>

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server.hpp"

/// What a lock is worth when its holder's client is killed.
namespace dbctl::mysql::test {
namespace {

using namespace std::chrono_literals;

class Locks : public ServerTest {};

TEST_P(Locks, a_killed_clients_statement_keeps_its_session_and_the_lock) {
  if (IsSkipped()) return;
  const char* const name = "dbctl:work:test";
  const auto here = options();  // the database is named after this process
  const pid_t client = ::fork();
  if (client == 0) {  // uses no connection of the parent's, and closes none
    try {
      const auto own = MysqlDriver().connect(here);
      if (own->try_lock(name))
        own->execute({.sql = "CREATE TABLE slow AS SELECT SLEEP(0.5) AS s FROM (SELECT 1 UNION ALL SELECT 2 UNION ALL "
                             "SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 "
                             "UNION ALL SELECT 8) AS t"});
    } catch (const std::exception&) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  const auto runs = [&] {
    return ask("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'CREATE TABLE slow%'") == "1";
  };
  const auto limit = std::chrono::steady_clock::now() + 30s;
  while (!runs() && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(10ms);
  ::kill(client, SIGKILL);
  int status = 0;
  ::waitpid(client, &status, 0);
  ASSERT_TRUE(WIFSIGNALED(status)) << "it was done before it could be killed";
  EXPECT_FALSE(connection->try_lock(name));
  const auto holder = connection->lock_holder(name);
  ASSERT_TRUE(holder.has_value());
  EXPECT_THAT(holder->text, testing::HasSubstr("CREATE TABLE slow AS SELECT SLEEP"));
  while (!connection->try_lock(name)) {
    ASSERT_LT(std::chrono::steady_clock::now(), limit) << "the lock does not come free";
    std::this_thread::sleep_for(50ms);
  }
  EXPECT_FALSE(runs()) << "the server is done with it";
  EXPECT_EQ(ask("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = "
                "'slow'"),
            "1")
      << "nobody took it back";
}

DBCTL_ON_BOTH_SERVERS(Locks);

}  // namespace
}  // namespace dbctl::mysql::test
