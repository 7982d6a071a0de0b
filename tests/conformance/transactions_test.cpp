#include <map>

#include "conformance/fixture.hpp"
#include "dbctl/base/codes.hpp"

/// Transactions, streams and what a session keeps.
namespace dbctl::conformance {
namespace {

using schema::TypeKind;

class TransactionsTest : public Test {
 protected:
  void SetUp() override {
    Test::SetUp();
    create({.name = "items", .columns = {column("id", type(TypeKind::integer))}, .primary_key = {"id"}});
  }
  void add(std::int64_t id) { insert("items", {"id"}, {{id}}); }
  std::size_t count() { return rows("items", {"id"}).size(); }
};

TEST_F(TransactionsTest, rollback_undoes) {
  EXPECT_FALSE(db().in_transaction());
  db().begin();
  EXPECT_TRUE(db().in_transaction());
  add(1);
  db().rollback();
  EXPECT_FALSE(db().in_transaction());
  EXPECT_EQ(count(), 0U);
  db().rollback();  // nothing to undo: does nothing
}

TEST_F(TransactionsTest, commit_keeps) {
  db().begin();
  add(1);
  db().commit();
  EXPECT_FALSE(db().in_transaction());
  db().rollback();
  if (stores()) {
    EXPECT_EQ(count(), 1U);
  }
}

TEST_F(TransactionsTest, several_statements_are_one_by_themselves_and_join_what_is_open) {
  const auto adding = [&](std::int64_t id) { return dialect().insert(table("items"), {"id"}, {{id}}); };
  db().execute_all({adding(1), adding(2)});
  EXPECT_FALSE(db().in_transaction());
  if (!stores()) return;
  EXPECT_EQ(count(), 2U);
  EXPECT_THROW(db().execute_all({adding(3), adding(2)}), StatementError);
  EXPECT_FALSE(db().in_transaction());
  EXPECT_EQ(count(), 2U) << "all or none";
  db().begin();
  db().execute_all({adding(4), adding(5)});
  db().rollback();
  EXPECT_EQ(count(), 2U);
}

TEST_F(TransactionsTest, commit_is_seen_by_others_and_what_is_not_committed_is_not) {
  if (!shared()) return;
  const auto other = subject().connect();
  const auto seen = [&] { return other->query(dialect().select(table("items"), {"id"}, {}, {}, {})).size(); };
  db().begin();
  add(1);
  EXPECT_EQ(seen(), 0U);
  db().commit();
  EXPECT_EQ(seen(), 1U);
}

TEST_F(TransactionsTest, definitions_roll_back_where_that_is_claimed) {
  EXPECT_EQ(dialect().info().transactional_ddl, claims().transactional_ddl);
  const schema::Operation make{
      .what = schema::CreateTable{
          {.name = "made", .columns = {column("id", type(TypeKind::integer))}, .primary_key = {"id"}}}};
  const auto script = dialect().render(make, model_);
  db().begin();
  for (const auto& step : script.steps) {
    EXPECT_EQ(step.alone, !claims().transactional_ddl) << step.statement.sql;
    db().execute(step.statement);
  }
  db().rollback();
  if (!stores()) return;
  const bool there = db().describe().find("made") != nullptr;
  EXPECT_EQ(there, !claims().transactional_ddl);
}

TEST_F(TransactionsTest, a_stray_commit_is_found) {
  if (!stores()) return;
  for (const char* stray : {"COMMIT", "ROLLBACK"}) {
    SCOPED_TRACE(stray);
    db().begin();
    add(1);
    db().execute({stray});
    EXPECT_EQ(code_of([&] { db().commit(); }), codes::statement_stray_commit.id);
    EXPECT_FALSE(db().in_transaction());
    db().execute(dialect().remove(table("items"), {}, {}));
  }
}

TEST_F(TransactionsTest, a_stray_commit_and_a_new_transaction_are_found) {
  if (!stores()) return;
  db().begin();
  add(1);
  db().execute({"COMMIT"});
  db().execute({"BEGIN"});
  add(2);
  EXPECT_EQ(code_of([&] { db().commit(); }), codes::statement_stray_commit.id);
  EXPECT_FALSE(db().in_transaction());
  db().begin();
  db().commit();
}

TEST_F(TransactionsTest, a_failed_statement_leaves_a_transaction_that_can_be_rolled_back) {
  if (!stores()) return;
  db().begin();
  add(1);
  EXPECT_THROW(add(1), StatementError);
  db().rollback();
  EXPECT_FALSE(db().in_transaction());
  EXPECT_EQ(count(), 0U);
}

TEST_F(TransactionsTest, commit_without_begin_is_refused) {
  EXPECT_EQ(code_of([&] { db().commit(); }), codes::statement_stray_commit.id);
}

TEST_F(TransactionsTest, rows_stream_and_stop) {
  if (!stores()) return;
  constexpr std::int64_t all = 10'000;
  std::vector<Row> batch;
  for (std::int64_t id = 0; id < all; ++id) {
    batch.push_back({id});
    if (batch.size() < 500) continue;
    insert("items", {"id"}, batch);
    batch.clear();
  }
  const auto query = dialect().select(table("items"), {"id"}, {}, {}, {"id"});
  std::int64_t next = 0;
  db().each(query, [&](const Row& row) {
    EXPECT_EQ(to_int(row.at(0)), next);
    return ++next < 100;
  });
  EXPECT_EQ(next, 100) << "false stops";
  next = 0;
  db().each(query, [&](const Row&) { return ++next > 0; });
  EXPECT_EQ(next, all);
  const auto thrown = [&] { db().each(query, [](const Row&) -> bool { throw std::runtime_error("enough"); }); };
  EXPECT_THROW(thrown(), std::exception);
  EXPECT_EQ(count(), static_cast<std::size_t>(all)) << "the session can be used afterwards";
  db().begin();
  db().each(query, [](const Row&) { return false; });
  add(all);
  db().commit();
  EXPECT_EQ(count(), static_cast<std::size_t>(all + 1));
}

TEST_F(TransactionsTest, a_statement_that_runs_too_long_is_ended) {
  if (!stores()) return;
  std::vector<Row> many;
  for (std::int64_t id = 0; id < 1000; ++id) many.push_back({id});
  for (int half = 0; half < 2; ++half)
    insert("items", {"id"}, {many.begin() + half * 500, many.begin() + (half + 1) * 500});
  const auto items = dialect().quote("items"), id = dialect().quote("id");
  // 10^12 rows: no machine is done in time.
  const Statement endless{"SELECT count(*) FROM " + items + " a, " + items + " b, " + items + " c, " + items +
                          " d WHERE a." + id + " + b." + id + " + c." + id + " + d." + id + " < 0"};
  db().set_statement_timeout(std::chrono::milliseconds(200));
  EXPECT_EQ(code_of([&] { db().query(endless); }), codes::statement_busy.id);
  db().set_statement_timeout(std::chrono::milliseconds(0));
  EXPECT_EQ(count(), 1000U);
}

TEST_F(TransactionsTest, a_row_that_another_session_holds_is_waited_for_no_longer_than_allowed) {
  if (!shared() || !claims().in_process) return;  // how long a server waits is its own setting
  const auto other = subject().connect();
  db().begin();
  add(1);
  other->set_statement_timeout(std::chrono::milliseconds(200));
  const auto insert = [&] {
    other->begin();
    other->execute(dialect().insert(table("items"), {"id"}, {{std::int64_t{2}}}));
    other->commit();
  };
  EXPECT_EQ(code_of(insert), codes::statement_busy.id);
  other->rollback();
  db().commit();
  other->set_statement_timeout(std::chrono::milliseconds(0));
  insert();
  EXPECT_EQ(count(), 2U);
}

TEST_F(TransactionsTest, relations_are_tables_and_views) {
  if (!stores()) return;
  db().execute({"CREATE VIEW shown AS SELECT * FROM " + dialect().quote("items")});
  EXPECT_THAT(db().relations(), testing::UnorderedElementsAre("items", "shown"));
  EXPECT_EQ(db().describe().tables.size(), 1U) << "a view is no table";
  EXPECT_EQ(db().describe({.tables = {"items", "missing"}}).tables.size(), 1U);
  EXPECT_EQ(db().describe({.tables = {"missing"}}).tables.size(), 0U);
}

/// What the session says of its own settings, in the words of whatever database it is.
std::map<std::string, std::string> settings_of(driver::Connection& connection) {
  std::vector<std::string> questions{"SELECT name, setting FROM pg_settings", "SHOW SESSION VARIABLES"};
  for (const char* name : {"foreign_keys", "query_only", "locking_mode", "busy_timeout", "recursive_triggers",
                           "ignore_check_constraints", "synchronous", "cache_size"})
    questions.push_back(std::string("PRAGMA ") + name);
  std::map<std::string, std::string> found;
  for (const auto& question : questions) {
    try {
      for (const auto& row : connection.query({question}).rows)
        found[row.size() > 1 ? to_text(row[0]) : question] = to_text(row.back());
    } catch (const StatementError&) {
      continue;  // another database's words
    }
  }
  return found;
}

TEST_F(TransactionsTest, a_session_is_reset) {
  auto child = nullable(column("item_id", type(TypeKind::integer)));
  create(
      {.name = "parts",
       .columns = {column("id", type(TypeKind::integer)), child},
       .primary_key = {"id"},
       .foreign_keys = {
           {.name = "fk_parts_item_id", .columns = {"item_id"}, .references = "items", .references_columns = {"id"}}}});
  if (!stores()) return db().reset_session();
  const auto before = settings_of(db());
  auto changing = settings_of(db());  // clocks and counters
  std::erase_if(changing, [&](const auto& entry) { return before.at(entry.first) == entry.second; });
  EXPECT_FALSE(before.empty());
  // What a migration may leave behind; each database knows its own words and refuses the others'.
  for (const char* statement :
       {"PRAGMA foreign_keys = OFF", "SET search_path TO pg_catalog", "SET foreign_key_checks = 0",
        "SET sql_mode = 'ANSI_QUOTES'", "SET time_zone = '+05:00'", "SET TIME ZONE 'Asia/Tokyo'", "SET autocommit = 0",
        "SET default_transaction_read_only = on", "SET lock_timeout = 1", "SET statement_timeout = 100000",
        "PRAGMA recursive_triggers = ON", "PRAGMA ignore_check_constraints = ON", "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = 7", "PRAGMA busy_timeout = 1", "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA query_only = ON"}) {
    try {
      db().execute({statement});
    } catch (const StatementError&) {
      continue;  // another database's words
    }
  }
  db().reset_session();
  for (const auto& [name, value] : settings_of(db())) {
    if (!changing.contains(name)) {
      EXPECT_EQ(value, before.at(name)) << name;
    }
  }
  add(1);
  const auto orphan = [&] { insert("parts", {"id", "item_id"}, {{std::int64_t{1}, std::int64_t{2}}}); };
  EXPECT_EQ(code_of(orphan), codes::statement_constraint.id) << "foreign keys are enforced again";
  EXPECT_TRUE(same(stored(model_, dialect()), db().describe()));
  if (!shared()) return;
  const auto other = subject().connect();
  EXPECT_EQ(other->query(dialect().select(table("items"), {"id"}, {}, {}, {})).size(), 1U)
      << "statements commit by themselves again";
}

TEST_F(TransactionsTest, a_reset_drops_temporary_tables_where_that_is_claimed) {
  if (!stores()) return;
  db().execute({"CREATE TEMPORARY TABLE scratch (n integer)"});
  const Statement read{"SELECT n FROM scratch"};
  EXPECT_TRUE(db().query(read).empty());
  db().reset_session();
  if (claims().drops_temporary) {
    EXPECT_EQ(code_of([&] { db().query(read); }), codes::statement_failed.id);
  } else {
    EXPECT_TRUE(db().query(read).empty()) << "it is gone: claim drops_temporary";
  }
}

TEST_F(TransactionsTest, foreign_keys_are_suspended_and_checked_or_that_is_unsupported) {
  if (!stores()) return;
  create(
      {.name = "parts",
       .columns = {column("item_id", type(TypeKind::integer))},
       .primary_key = {"item_id"},
       .foreign_keys = {
           {.name = "fk_parts_item_id", .columns = {"item_id"}, .references = "items", .references_columns = {"id"}}}});
  const auto orphan = [&] { insert("parts", {"item_id"}, {{std::int64_t{1}}}); };
  try {
    db().begin(true);
  } catch (const Unsupported&) {
    EXPECT_FALSE(db().in_transaction());
    EXPECT_THROW(dialect().brackets(true), Unsupported) << "the dialect and the connection say the same";
    return;
  }
  EXPECT_NO_THROW(dialect().brackets(true));
  orphan();
  EXPECT_EQ(code_of([&] { db().commit(); }), codes::statement_expectation.id);
  EXPECT_FALSE(db().in_transaction());
  EXPECT_TRUE(rows("parts", {"item_id"}).empty()) << "nothing was kept";
  EXPECT_EQ(code_of(orphan), codes::statement_constraint.id) << "they are enforced again";
  db().begin(true);
  orphan();
  db().rollback();
  EXPECT_EQ(code_of(orphan), codes::statement_constraint.id) << "after a rollback too";
  db().begin(true);
  orphan();
  add(1);
  db().commit();
  EXPECT_EQ(rows("parts", {"item_id"}).size(), 1U);
}

}  // namespace
}  // namespace dbctl::conformance
