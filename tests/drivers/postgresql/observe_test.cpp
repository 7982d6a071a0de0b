#include <algorithm>
#include <chrono>
#include <iterator>
#include <thread>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "server.hpp"

namespace dbctl::postgresql {
namespace {

using driver::ObjectState;
using State = driver::SessionState::Kind;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

class Observing : public test::ServerTest {
 protected:
  void run(const std::string& sql) const { connection->execute({sql}); }
  std::vector<ObjectState> observe(std::vector<std::string> names = {}) const {
    return connection->observe({.names = std::move(names)});
  }
  std::vector<std::string> names(std::vector<std::string> asked = {}) const {
    std::vector<std::string> out;
    for (const auto& object : observe(std::move(asked))) out.push_back(object.kind + ' ' + object.name);
    return out;
  }
  ObjectState one(const std::string& kind, const std::string& name) const {
    const auto all = observe();
    for (const auto& object : observe({name})) {
      if (object.kind != kind || object.name != name) continue;
      EXPECT_NE(std::ranges::find(all, object), all.end()) << "asked for alone it is another: " << name;
      return object;
    }
    ADD_FAILURE() << kind << ' ' << name << " is not observed";
    return {};
  }
  void expect_change(const std::string& sql, const std::string& kind, const std::string& name) const {
    const auto before = one(kind, name).definition;
    run(sql);
    EXPECT_NE(one(kind, name).definition, before) << sql;
  }
  State wait_until_gone(driver::Connection& observer, const driver::SessionId& id) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (observer.state_of(id).kind == State::there && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return observer.state_of(id).kind;
  }
  std::unique_ptr<driver::Connection> limited() const {
    run("DROP ROLE IF EXISTS limited_observer");
    run("CREATE ROLE limited_observer LOGIN PASSWORD 'limited'");
    return test::connect({{"user", "limited_observer"}, {"password", "limited"}});
  }
};

TEST_F(Observing, every_kind_of_object) {
  run("CREATE TABLE t (a int PRIMARY KEY, b text)");
  run("CREATE TABLE dbctl_t (a int PRIMARY KEY)");
  run("CREATE INDEX i ON t (b)");
  run("CREATE VIEW v AS SELECT a FROM t");
  run("CREATE MATERIALIZED VIEW m AS SELECT a FROM t");
  run("CREATE SEQUENCE s");
  run("CREATE TYPE e AS ENUM ('x', 'y')");
  run("CREATE TYPE c AS (p int, q text)");
  run("CREATE DOMAIN d AS int CHECK (VALUE > 0)");
  run("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  run("CREATE FUNCTION f(n int) RETURNS int LANGUAGE sql AS 'SELECT 1'");
  run("CREATE AGGREGATE g(int) (SFUNC = int4pl, STYPE = int)");
  run("CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()");
  EXPECT_THAT(names(),
              ElementsAre("index i", "index t_pkey", "routine f()", "routine f(n integer)", "routine g(integer)",
                          "sequence s", "table t", "trigger t.r", "type c", "type d", "type e", "view m", "view v"));
  EXPECT_THAT(names({"t", "f"}),
              ElementsAre("index i", "index t_pkey", "routine f()", "routine f(n integer)", "table t", "trigger t.r"));
  EXPECT_THAT(names({"i"}), ElementsAre("index i"));
  EXPECT_THAT(names({"r"}), ElementsAre("trigger t.r"));
  EXPECT_THAT(names({"f(n integer)"}), ElementsAre("routine f(n integer)"));
  for (const char* change :
       {"ALTER TABLE t ADD c int", "ALTER TABLE t ALTER c SET NOT NULL", "ALTER TABLE t ALTER c SET DEFAULT 1",
        "ALTER TABLE t ALTER c TYPE bigint", "ALTER TABLE t ALTER b SET STORAGE PLAIN",
        "ALTER TABLE t ALTER b SET STATISTICS 7", "ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID",
        "ALTER TABLE t VALIDATE CONSTRAINT k", "ALTER TABLE t SET (fillfactor = 50)", "COMMENT ON TABLE t IS 'x'",
        "COMMENT ON COLUMN t.a IS 'x'", "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE POLICY p ON t USING (a > 1)",
        "ALTER POLICY p ON t USING (a > 2)", "CREATE RULE u AS ON DELETE TO t DO INSTEAD NOTHING",
        "ALTER TABLE t REPLICA IDENTITY FULL", "ALTER TABLE t SET UNLOGGED", "CREATE STATISTICS st ON a, b FROM t",
        "ALTER TABLE t DROP COLUMN c"})
    expect_change(change, "table", "t");
  expect_change("ALTER INDEX i SET (fillfactor = 50)", "index", "i");
  expect_change("ALTER TABLE t CLUSTER ON i", "index", "i");
  expect_change("CREATE OR REPLACE VIEW v AS SELECT a + 0 AS a FROM t", "view", "v");
  expect_change("ALTER VIEW v SET (security_barrier = true)", "view", "v");
  expect_change("REFRESH MATERIALIZED VIEW m WITH NO DATA", "view", "m");
  expect_change("ALTER SEQUENCE s INCREMENT BY 2", "sequence", "s");
  expect_change("ALTER SEQUENCE s OWNED BY t.a", "sequence", "s");
  expect_change("ALTER TYPE e ADD VALUE 'z' BEFORE 'y'", "type", "e");
  expect_change("ALTER TYPE c ADD ATTRIBUTE r int", "type", "c");
  expect_change("ALTER DOMAIN d SET NOT NULL", "type", "d");
  expect_change("CREATE OR REPLACE FUNCTION f(n int) RETURNS int LANGUAGE sql AS 'SELECT 2'", "routine",
                "f(n integer)");
  expect_change("ALTER TABLE t DISABLE TRIGGER r", "trigger", "t.r");
}

TEST_F(Observing, what_changes_by_itself_is_no_definition) {
  run("CREATE TABLE t (a int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, b text)");
  run("CREATE INDEX i ON t (b)");
  const auto before = observe();
  run("INSERT INTO t (b) VALUES ('x'), ('y')");
  run("ANALYZE t");
  EXPECT_EQ(observe(), before);
  run("ALTER TABLE t ADD c int");
  run("ALTER TABLE t DROP COLUMN c");
  EXPECT_EQ(observe(), before) << "a column that is gone leaves no trace";
}

TEST_F(Observing, identities) {
  run("CREATE TABLE t (a int PRIMARY KEY)");
  run("CREATE TABLE p (a int) PARTITION BY RANGE (a)");
  run("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)");
  const auto table = one("table", "t");
  const auto index = one("index", "t_pkey");
  const auto parent = one("table", "p");
  EXPECT_NE(table.identity, "");
  run("ALTER TABLE t RENAME TO u");
  EXPECT_EQ(one("table", "u").identity, table.identity);
  EXPECT_EQ(one("table", "u").definition, table.definition);
  run("TRUNCATE u");
  EXPECT_NE(one("table", "u").identity, table.identity);
  EXPECT_EQ(one("table", "u").definition, table.definition);
  const auto truncated = one("index", "t_pkey");
  EXPECT_NE(truncated.identity, index.identity);
  run("REINDEX TABLE CONCURRENTLY u");
  EXPECT_NE(one("index", "t_pkey").identity, truncated.identity);
  EXPECT_EQ(one("index", "t_pkey").definition, truncated.definition);
  run("TRUNCATE p");
  EXPECT_NE(one("table", "p").identity, parent.identity);
  for (const auto& object : connection->observe({.names = {"u"}, .identities = false})) EXPECT_EQ(object.identity, "");
}

TEST_F(Observing, names_in_other_schemas_and_with_dots) {
  run("DROP SCHEMA IF EXISTS billing CASCADE");
  run("CREATE SCHEMA billing");
  run("CREATE TABLE billing.t (a int PRIMARY KEY)");
  run("CREATE TABLE \"billing.u\" (a int)");
  EXPECT_THAT(names(), ElementsAre("table billing.u"));
  EXPECT_THAT(names({"billing.t"}), ElementsAre("index billing.t_pkey", "table billing.t"));
  EXPECT_THAT(names({"billing.u"}), ElementsAre("table billing.u"));
  EXPECT_THAT(names({"t"}), IsEmpty());
  run("DROP SCHEMA billing CASCADE");
}

TEST_F(Observing, an_extensions_objects_are_not_ours) {
  if (connection->query({"SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"}).empty())
    GTEST_SKIP() << "SKIPPED: this server has no extension pg_trgm";
  run("CREATE EXTENSION pg_trgm SCHEMA public");
  EXPECT_THAT(names(), IsEmpty());
  run("DROP EXTENSION pg_trgm");
}

TEST_F(Observing, an_invalid_index_is_told_and_cleaned_up) {
  run("CREATE TABLE t (a int, b int)");
  run("CREATE INDEX good ON t (b)");
  run("INSERT INTO t VALUES (1, 1), (1, 2)");
  EXPECT_THROW(run("CREATE UNIQUE INDEX CONCURRENTLY bad ON t (a)"), StatementError);
  EXPECT_FALSE(one("index", "bad").valid);
  EXPECT_TRUE(one("index", "good").valid);
  EXPECT_THAT(connection->clean_up({"t", "good"}), IsEmpty()) << "neither named nor made by REINDEX";
  EXPECT_THAT(connection->clean_up({}), IsEmpty());
  EXPECT_THAT(connection->clean_up({"bad", "good"}), ElementsAre("dropped the invalid index bad"));
  EXPECT_THAT(names({"t"}), ElementsAre("index good", "table t"));
}

TEST_F(Observing, what_reindex_leaves_is_cleaned_up_with_its_table) {
  run("CREATE TABLE t (a int)");
  run("CREATE INDEX i ON t (a)");
  const auto blocker = test::connect();
  blocker->begin();
  blocker->execute({"INSERT INTO t VALUES (1)"});
  connection->set_statement_timeout(std::chrono::milliseconds(500));
  EXPECT_THROW(run("REINDEX INDEX CONCURRENTLY i"), StatementError);
  connection->set_statement_timeout(std::chrono::milliseconds(0));
  blocker->rollback();
  EXPECT_FALSE(one("index", "i_ccnew").valid);
  EXPECT_THAT(connection->clean_up({"t"}), ElementsAre("dropped the invalid index i_ccnew"));
  EXPECT_THAT(names(), ElementsAre("index i", "table t"));
}

TEST_F(Observing, an_index_that_another_session_builds_is_left_alone) {
  run("CREATE TABLE t (a int)");
  const auto blocker = test::connect();
  const auto builder = test::connect();
  blocker->begin();
  blocker->execute({"INSERT INTO t VALUES (1)"});
  std::thread building([&] { builder->execute({"CREATE INDEX CONCURRENTLY i ON t (a)"}); });
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (observe({"i"}).empty() && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_FALSE(one("index", "i").valid);
  EXPECT_THAT(connection->clean_up({"i"}), ElementsAre("left the index i as it is: another session is building it"));
  blocker->rollback();
  building.join();
  EXPECT_TRUE(one("index", "i").valid);
}

TEST_F(Observing, a_detachment_that_is_pending_is_finished) {
  if (connection->server().version < sql::Version{14, 0, 0}) GTEST_SKIP() << "SKIPPED: version 14 brought it";
  run("CREATE TABLE p (a int) PARTITION BY RANGE (a)");
  run("CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10)");
  const auto before = one("table", "p1").definition;
  const auto reader = test::connect();
  reader->begin();
  reader->query({"SELECT * FROM p"});
  connection->set_statement_timeout(std::chrono::milliseconds(500));
  EXPECT_THROW(run("ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY"), StatementError);
  connection->set_statement_timeout(std::chrono::milliseconds(0));
  reader->rollback();
  EXPECT_NE(one("table", "p1").definition, before);
  EXPECT_THAT(one("table", "p1").definition, HasSubstr("detach pending"));
  EXPECT_THAT(connection->clean_up({"p1"}), ElementsAre("finished detaching the partition p1 of p"));
  EXPECT_THAT(one("table", "p1").definition, testing::Not(HasSubstr("child of")));
  EXPECT_THAT(connection->clean_up({"p", "p1"}), IsEmpty());
}

TEST_F(Observing, a_constraints_index_is_never_cleaned_up) {
  run("CREATE TABLE t (a int PRIMARY KEY)");
  run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 't_pkey'::regclass");
  EXPECT_FALSE(one("index", "t_pkey").valid);
  EXPECT_THAT(connection->clean_up({"t", "t_pkey"}), IsEmpty());
}

TEST_F(Observing, a_running_statement_is_told_without_secrets) {
  const auto other = test::connect();
  const auto id = other->session();
  EXPECT_THAT(connection->state_of(id).text,
              MatchesRegex("session [0-9]+, user dbctl from 127\\.0\\.0\\.1, idle for [0-9]+ s"));
  std::thread worker([&] {
    const test::LeaksOfTheLibrary leaks;
    EXPECT_THROW(other->query({"SELECT pg_sleep(30) /* PASSWORD 'hidden' */"}), Error);
  });
  std::string text;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (text.find("pg_sleep") == std::string::npos && std::chrono::steady_clock::now() < deadline)
    text = connection->state_of(id).text;
  EXPECT_THAT(text, MatchesRegex("session [0-9]+, user dbctl from 127\\.0\\.0\\.1, for [0-9]+ s: SELECT "
                                 "pg_sleep\\(30\\) /\\* …"));
  EXPECT_TRUE(connection->end(id));
  worker.join();
  EXPECT_EQ(wait_until_gone(*connection, id), State::gone);
}

TEST_F(Observing, a_process_number_alone_is_no_session) {
  const auto other = test::connect();
  const auto id = other->session().id;
  const auto slash = id.find('/'), second = id.rfind('/');
  const std::string time = "20000101000000000000";
  for (const auto& wrong : {id.substr(0, slash + 1) + time + id.substr(second), id.substr(0, second + 1) + time}) {
    EXPECT_EQ(connection->state_of({wrong}).kind, State::gone) << wrong;
    EXPECT_TRUE(connection->end({wrong})) << "nothing to do";
  }
  EXPECT_THAT(other->relations(), IsEmpty()) << "it still lives";
}

TEST_F(Observing, others_sessions_are_there_but_not_for_everyone_to_end) {
  const auto user = limited();
  const auto id = connection->session();
  EXPECT_EQ(user->state_of(id).kind, State::there);
  EXPECT_FALSE(user->end(id));
  EXPECT_EQ(test::ask(*connection, "SELECT 1"), "1");
  auto own = test::connect({{"user", "limited_observer"}, {"password", "limited"}});
  const auto own_id = own->session();
  EXPECT_TRUE(user->end(own_id));
  EXPECT_EQ(wait_until_gone(*user, own_id), State::gone);
  run("DROP ROLE limited_observer");
}

TEST_F(Observing, blockers_are_named) {
  run("CREATE TABLE t (a int PRIMARY KEY)");
  run("CREATE TABLE u (a int PRIMARY KEY)");
  EXPECT_THAT(connection->blockers({"t"}), IsEmpty());
  const auto other = test::connect();
  other->begin();
  other->execute({"INSERT INTO t VALUES (1)"});
  const auto found = connection->blockers({"t", "not_there"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().session, other->session());
  EXPECT_THAT(found.front().text,
              MatchesRegex("session [0-9]+, user dbctl from 127\\.0\\.0\\.1, idle in transaction for [0-9]+ s"));
  EXPECT_THAT(connection->blockers({"u"}), IsEmpty());
  EXPECT_THAT(connection->blockers({}), IsEmpty());
  other->rollback();
  EXPECT_THAT(connection->blockers({"t"}), IsEmpty());
}

}  // namespace
}  // namespace dbctl::postgresql
