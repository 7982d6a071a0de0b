#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "plugins/drivers/mysql/definition.hpp"
#include "plugins/drivers/mysql/file_names.hpp"
#include "server.hpp"

namespace dbctl::mysql {
namespace {

using driver::ObjectState;
using State = driver::SessionState::Kind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Definition, is_without_the_counter_wherever_else_its_words_stand) {
  const auto text = table_text(
      "CREATE TABLE `a AUTO_INCREMENT=1` (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `b` varchar(9) DEFAULT ')' COMMENT "
      "'x, AUTO_INCREMENT=3 ',\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `z` (`b`),\n  KEY `y` (`b`,`id`)\n) ENGINE=InnoDB "
      "AUTO_INCREMENT=8 DEFAULT CHARSET=utf8mb4 COMMENT='AUTO_INCREMENT=4'\n/*!50100 PARTITION BY HASH (`id`) */");
  EXPECT_EQ(text.definition,
            "TABLE (\n  `id` int NOT NULL AUTO_INCREMENT,\n  `b` varchar(9) DEFAULT ')' COMMENT 'x, AUTO_INCREMENT=3 "
            "',\n  KEY `y` (`b`,`id`),\n  PRIMARY KEY (`id`),\n  UNIQUE KEY `z` (`b`)\n) ENGINE=InnoDB DEFAULT "
            "CHARSET=utf8mb4 COMMENT='AUTO_INCREMENT=4'\n/*!50100 PARTITION BY HASH (`id`) */");
  EXPECT_EQ(text.engine, "InnoDB");
  EXPECT_FALSE(text.temporary || text.sequence);
  EXPECT_EQ(table_text("CREATE TABLE `a` (\n  `b` int\n) ENGINE=InnoDB AUTO_INCREMENT=8").definition,
            "TABLE (\n  `b` int\n) ENGINE=InnoDB");
  EXPECT_TRUE(table_text("CREATE TEMPORARY TABLE `a` (\n  `b` int\n) ENGINE=InnoDB").temporary);
  EXPECT_EQ(view_header("CREATE ALGORITHM=MERGE VIEW `x as y` (`as`) AS select 1 AS `as`"),
            "CREATE ALGORITHM=MERGE VIEW `x as y` (`as`)");
}

TEST(FileNames, are_those_of_the_manual) {
  FileNames files;
  files.add("shop/plain_1", "1");
  files.add("shop/a@002db@0020c", "2");
  files.add("shop/parted#p#p1", "4");
  files.add("shop/parted#p#p0", "3");
  files.add("sh@002dop/plain_1", "5");
  files.add("shop/gr@1js", "6");  // größ: letters of the server's own tables
  files.add("shop/@0p", "7");     // é or è: not to be told apart
  files.add("shop/@0o", "8");
  files.add("shop/@65e5", "9");  // 日
  files.add("shop/@6708", "10");
  files.add("ibdata", "11");
  EXPECT_EQ(files.identity("shop", "plain_1"), "1");
  EXPECT_EQ(files.identity("shop", "a-b c"), "2");
  EXPECT_EQ(files.identity("shop", "parted"), "#p#p0=3,#p#p1=4");
  EXPECT_EQ(files.identity("sh-op", "plain_1"), "5");
  EXPECT_EQ(files.identity("shop", "grös"), "6");
  EXPECT_EQ(files.identity("shop", "é"), "");
  EXPECT_EQ(files.identity("shop", "日"), "9");
  EXPECT_EQ(files.identity("shop", "月"), "10");
  EXPECT_EQ(files.identity("shop", "plain_2"), "");
  EXPECT_EQ(plain_prefix("shop_1-2"), "shop_1");
  EXPECT_EQ(plain_prefix("éshop"), "");
}

class Observing : public test::ServerTest {
 protected:
  void run(const std::string& sql) const { connection->execute({.sql = sql}); }
  std::vector<ObjectState> observe(std::vector<std::string> names = {}, bool identities = true) const {
    return connection->observe({.names = std::move(names), .identities = identities});
  }
  ObjectState one(const std::string& name) const {
    auto found = observe({name});
    EXPECT_EQ(found.size(), 1U) << name;
    if (found.empty()) return {};
    const auto all = observe();
    EXPECT_NE(std::ranges::find(all, found.front()), all.end()) << "asked for alone it is another: " << name;
    return found.front();
  }
  /// What is there of the name is not what it was before.
  void expect_change(const std::string& sql, const std::string& name) const {
    const auto before = one(name).definition;
    run(sql);
    EXPECT_NE(one(name).definition, before) << sql;
  }
  std::unique_ptr<driver::Connection> limited(const std::string& grants) const {
    run("DROP USER IF EXISTS limited");
    run("CREATE USER limited IDENTIFIED BY 'limited'");
    run("GRANT " + grants + " ON `" + options().text("name") + "`.* TO limited");
    return connect({{"user", "limited"}, {"password", "limited"}});
  }
  /// It keeps its list of transactions for a tenth of a second.
  static void wait_for_the_server() { std::this_thread::sleep_for(std::chrono::milliseconds(300)); }
  State wait_until_gone(driver::Connection& observer, const driver::SessionId& id) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (observer.state_of(id).kind == State::there && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return observer.state_of(id).kind;
  }
};
DBCTL_ON_BOTH_SERVERS(Observing);

TEST_P(Observing, every_kind_of_object) {
  run("CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY, b INT)");
  run("CREATE VIEW v AS SELECT a, b + 1 FROM t");
  run("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1");
  run("CREATE PROCEDURE p() SELECT 1");
  run("CREATE FUNCTION same() RETURNS INT DETERMINISTIC RETURN 1");
  run("CREATE PROCEDURE same() SELECT 2");
  run("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1");
  run("CREATE TABLE dbctl_t (a INT)");
  run("CREATE VIEW dbctl_v AS SELECT 1");
  if (mariadb()) run("CREATE SEQUENCE s START WITH 5");
  std::vector<std::string> kinds;
  for (const auto& object : observe({}, false)) {
    kinds.push_back(object.kind + ' ' + object.name);
    EXPECT_EQ(object.identity, "");
    EXPECT_TRUE(object.valid);
  }
  std::vector<std::string> wanted{"event e", "routine p", "routine same", "table t", "trigger g", "view v"};
  if (mariadb()) wanted.insert(wanted.begin() + 3, "sequence s");
  EXPECT_EQ(kinds, wanted);
  EXPECT_THAT(one("same").definition, testing::AllOf(HasSubstr("FUNCTION `same`"), HasSubstr("PROCEDURE `same`")));
  EXPECT_EQ(one("P").name, "p") << "names of routines have no case";

  expect_change("ALTER TABLE t ADD c INT", "t");
  expect_change("ALTER TABLE t COMMENT 'x'", "t");
  expect_change("ALTER VIEW v AS SELECT a FROM t", "v");
  expect_change("ALTER ALGORITHM = MERGE VIEW v AS SELECT a FROM t", "v");
  run("DROP TRIGGER g");
  run("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1");
  expect_change("ALTER PROCEDURE p COMMENT 'x'", "p");
  expect_change("ALTER FUNCTION same COMMENT 'x'", "same");
  expect_change("ALTER EVENT e ENABLE", "e");
  if (mariadb()) expect_change("ALTER SEQUENCE s INCREMENT BY 2", "s");
}

TEST_P(Observing, what_changes_by_itself_is_no_definition) {
  run("CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY, b INT, KEY (b))");
  run("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.b = 1");
  run("CREATE VIEW v AS SELECT t.a, b FROM t");
  if (mariadb()) run("CREATE SEQUENCE s");
  const auto before = observe();
  run("INSERT INTO t (b) VALUES (1), (2), (3)");
  run("ALTER TABLE t AUTO_INCREMENT = 100");
  connection->query({.sql = "ANALYZE TABLE t"});
  if (mariadb()) connection->query({.sql = "SELECT NEXT VALUE FOR s"});
  EXPECT_EQ(observe(), before);
  const auto view = one("v");
  run("ALTER TABLE t RENAME COLUMN b TO c");
  EXPECT_EQ(one("v"), view) << "nobody has changed the view, although it is broken now";
  run("DROP TABLE t");
  EXPECT_EQ(one("v"), view);
}

TEST_P(Observing, keys_stand_in_one_order_and_temporary_tables_in_nobodys_way) {
  run("CREATE TABLE t (a INT PRIMARY KEY, b INT, KEY x (b), KEY y (a, b), CHECK (b > 0))");
  const auto before = one("t");
  run("ALTER TABLE t DROP KEY x");
  EXPECT_NE(one("t").definition, before.definition);
  run("ALTER TABLE t ADD KEY x (b)");
  EXPECT_EQ(one("t").definition, before.definition);
  run("CREATE TEMPORARY TABLE only_here (a INT)");
  EXPECT_THAT(observe({"only_here"}), IsEmpty());
  run("DROP TEMPORARY TABLE only_here");
}

TEST_P(Observing, disabled_keys_are_seen) {
  run("CREATE TABLE t (a INT PRIMARY KEY, b INT, KEY x (b)) ENGINE = MyISAM");
  expect_change("ALTER TABLE t DISABLE KEYS", "t");
  EXPECT_THAT(one("t").definition, testing::EndsWith("\ndisabled key x"));
  EXPECT_EQ(one("t").identity, "") << "MyISAM has none";
}

TEST_P(Observing, identity_is_the_tables_own) {
  for (const char* name : {"t", "a-b c.$", "größe", "日本", "Upper"}) {
    SCOPED_TRACE(name);
    const auto quoted = fmt::format("`{}`", name);
    run("CREATE TABLE " + quoted + " (a INT PRIMARY KEY)");
    const auto before = one(name);
    EXPECT_NE(before.identity, "");
    run("INSERT INTO " + quoted + " VALUES (1)");
    EXPECT_EQ(one(name).identity, before.identity);
    run("RENAME TABLE " + quoted + " TO renamed");
    const auto renamed = one("renamed");
    EXPECT_EQ(renamed.identity, before.identity);
    EXPECT_EQ(renamed.definition, before.definition);
    run("RENAME TABLE renamed TO " + quoted);
    run("TRUNCATE TABLE " + quoted);
    EXPECT_NE(one(name).identity, before.identity);
    EXPECT_EQ(one(name).definition, before.definition);
  }
}

TEST_P(Observing, a_partitioned_tables_identity_is_that_of_all_its_partitions) {
  run("CREATE TABLE t (a INT PRIMARY KEY) PARTITION BY RANGE (a) (PARTITION `p-0` VALUES LESS THAN (10), PARTITION p1 "
      "VALUES LESS THAN (20))");
  const auto before = one("t");
  EXPECT_THAT(before.identity, HasSubstr(","));
  run("RENAME TABLE t TO u");
  EXPECT_EQ(one("u").identity, before.identity);
  run("ALTER TABLE u TRUNCATE PARTITION p1");
  EXPECT_NE(one("u").identity, before.identity);
  expect_change("ALTER TABLE u DROP PARTITION p1", "u");
}

TEST_P(Observing, another_database_by_its_name) {
  run("CREATE TABLE `with.dot` (a INT)");
  EXPECT_EQ(one("with.dot").name, "with.dot");
  const auto other = options().text("name") + "_other";
  run("DROP DATABASE IF EXISTS " + other);
  EXPECT_THAT(observe({other + ".t"}), IsEmpty());
  run("CREATE DATABASE " + other);
  run("CREATE TABLE " + other + ".t (a INT PRIMARY KEY)");
  const auto found = observe({other + ".t", other + ".u"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().name, other + ".t");
  EXPECT_NE(found.front().identity, "");
  run("DROP DATABASE " + other);
}

TEST_P(Observing, a_few_names_and_many_tables_are_quick) {
  for (int i = 0; i < 30; ++i) run(fmt::format("CREATE TABLE t{} (a INT PRIMARY KEY, b INT, KEY (b))", i));
  const auto milliseconds = [&](int times, const auto& action) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i) action();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count() / times;
  };
  const auto round_trip = milliseconds(50, [&] { connection->query({.sql = "SHOW WARNINGS"}); });
  const auto one_name = milliseconds(50, [&] { observe({"t7"}, false); });
  const auto identity = milliseconds(10, [&] { observe({"t7"}); });
  const auto everything = milliseconds(3, [&] { observe(); });
  std::cout << fmt::format("a round trip {:.2f} ms, one name {:.2f}, with its identity {:.2f}, 30 tables {:.2f}\n",
                           round_trip, one_name, identity, everything);
  EXPECT_LT(one_name, 40 * round_trip + 5);
}

TEST_P(Observing, without_rights_it_tells_what_this_user_may_see) {
  run("CREATE TABLE t (a INT PRIMARY KEY)");
  run("CREATE PROCEDURE p() SELECT 1");
  run("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DISABLE DO SELECT 1");
  const auto user = limited("SELECT, CREATE, CREATE VIEW, DROP");
  const auto named = user->observe({.names = {"t", "p", "e", "not_there"}});
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named.front().name, "t");
  EXPECT_EQ(named.front().identity, "") << "it takes the right PROCESS";
  EXPECT_EQ(named, user->observe({}));
  user->execute({.sql = "CREATE VIEW v AS SELECT a FROM t"});
  const auto view = user->observe({.names = {"v"}});
  ASSERT_EQ(view.size(), 1U) << "made without the right to SHOW it";
  user->execute({.sql = "CREATE OR REPLACE VIEW v AS SELECT a + 1 AS b FROM t"});
  EXPECT_NE(user->observe({.names = {"v"}}), view);
  run("DROP USER limited");
}

TEST_P(Observing, tables_without_transactions_and_those_whose_triggers_write_to_them) {
  run("CREATE TABLE safe (a INT)");
  run("CREATE TABLE direct (a INT)");
  run("CREATE TABLE indirect (a INT)");
  run("CREATE TRIGGER g1 AFTER INSERT ON direct FOR EACH ROW INSERT INTO `log` VALUES (NEW.a)");
  run("CREATE TRIGGER g2 AFTER INSERT ON indirect FOR EACH ROW INSERT INTO direct VALUES (NEW.a)");
  EXPECT_THAT(connection->not_transactional(), IsEmpty());
  run("CREATE TABLE log (a INT) ENGINE = MyISAM");
  run("CREATE VIEW v AS SELECT * FROM log");
  if (mariadb()) run("CREATE SEQUENCE s");
  EXPECT_THAT(connection->not_transactional(), ElementsAre("direct", "indirect", "log"));
}

TEST_P(Observing, a_running_statement_is_told_without_secrets) {
  const auto other = connect();
  const auto id = other->session();
  EXPECT_THAT(connection->state_of(id).text,
              testing::MatchesRegex("session [0-9]+, user dbctl from 127\\.0\\.0\\.1, idle for [0-9]+ s"));
  std::thread worker(
      [&] { EXPECT_THROW(other->execute({.sql = "DO SLEEP(30)\n/* IDENTIFIED BY 'hidden' */"}), Error); });
  std::string text;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (text.find("SLEEP") == std::string::npos && std::chrono::steady_clock::now() < deadline)
    text = connection->state_of(id).text;
  EXPECT_THAT(text, testing::MatchesRegex("session [0-9]+, user dbctl from 127\\.0\\.0\\.1, for [0-9]+ s: DO "
                                          "SLEEP\\(30\\) …"));
  EXPECT_TRUE(connection->end(id));
  worker.join();
  EXPECT_EQ(wait_until_gone(*connection, id), State::gone);
}

TEST_P(Observing, sessions_of_others_are_hidden_without_the_right_to_see_them) {
  const auto user = limited("SELECT");
  const auto second = connect({{"user", "limited"}, {"password", "limited"}});
  EXPECT_EQ(user->state_of(connection->session()).kind, State::hidden);
  EXPECT_FALSE(user->end(connection->session()));
  EXPECT_EQ(ask("SELECT 1"), "1");
  const auto own = second->session();
  EXPECT_EQ(user->state_of(own).kind, State::there);
  EXPECT_EQ(connection->state_of(own).kind, State::there);
  EXPECT_TRUE(user->end(own));
  EXPECT_EQ(wait_until_gone(*user, own), State::gone) << "its own are not hidden";
  EXPECT_THAT(user->blockers({"t"}), IsEmpty());
  run("DROP USER limited");
}

TEST_P(Observing, a_session_of_another_start_is_gone_and_its_number_is_nobodys) {
  const auto other = connect();
  auto id = other->session().id;
  const auto slash = id.find('/');
  id.replace(slash + 1, 10, "1000000000");
  EXPECT_EQ(connection->state_of({id}).kind, State::gone);
  EXPECT_TRUE(connection->end({id}));
  EXPECT_EQ(other->relations().size(), 0U) << "it still lives";
}

TEST_P(Observing, blockers_are_named) {
  run("CREATE TABLE t (a INT PRIMARY KEY)");
  run("CREATE TABLE u (a INT PRIMARY KEY)");
  const auto other = connect();
  EXPECT_THAT(connection->blockers({"t"}), IsEmpty());
  other->begin();
  other->execute({.sql = "INSERT INTO t VALUES (1)"});
  wait_for_the_server();
  const auto found = connection->blockers({"t", "other"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().session, other->session());
  EXPECT_THAT(found.front().text, StartsWith("session "));
  EXPECT_THAT(found.front().text, HasSubstr(", user dbctl from 127.0.0.1, idle for "));
  if (mariadb() &&
      ask("SELECT COUNT(*) FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'METADATA_LOCK_INFO'") == "0") {
    EXPECT_THAT(found.front().text, testing::EndsWith("(it has a transaction open)"));
  } else {
    EXPECT_THAT(connection->blockers({"u"}), IsEmpty());
  }
  other->rollback();
  wait_for_the_server();
  EXPECT_THAT(connection->blockers({"t"}), IsEmpty());
  EXPECT_THAT(connection->blockers({}), IsEmpty());
}

}  // namespace
}  // namespace dbctl::mysql
