#include <algorithm>

#include "conformance/faulty.hpp"
#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// `fresh` empties a database: all checks first, and what was interrupted is finished.
namespace dbctl::conformance {
namespace {

using schema::Operation;
using schema::TypeKind;
using testing::ElementsAre;
using testing::IsEmpty;

Operation make(std::string name, const std::string& parent = {}) {
  schema::Table table{
      .name = std::move(name), .columns = {column("id", type(TypeKind::integer))}, .primary_key = {"id"}};
  if (!parent.empty()) {
    table.columns.push_back(nullable(column("parent_id", type(TypeKind::integer))));
    table.foreign_keys = {{.name = "fk_" + table.name + "_parent_id",
                           .columns = {"parent_id"},
                           .references = parent,
                           .references_columns = {"id"}}};
  }
  return {.what = schema::CreateTable{table}};
}
Operation raw(std::string sql, std::string reverse = {}) {
  return {.what = schema::RawSql{.sql = std::move(sql), .reversed_by = std::move(reverse)}};
}
const std::string view = "CREATE VIEW v AS SELECT 1 AS one";

class EmptyTest : public RunnerTest {
 protected:
  void SetUp() override {
    RunnerTest::SetUp();
    if (!stores()) GTEST_SKIP() << "a driver that stores nothing has nothing to empty";
  }
  std::vector<std::string> empty(const catalog::Catalog& catalog) {
    return migrate::empty(database(), catalog, watcher_);
  }
  static catalog::Catalog shop() {
    return catalog_of({{"orders", {make("orders")}},
                       {"items", {make("items", "orders"), raw(view, "DROP VIEW v")}},
                       {"report", {raw("CREATE VIEW w AS SELECT 2 AS two")}, {{raw("DROP VIEW w")}}}});
  }
  void drop_own(const std::string& table) {
    const auto there = work().describe();
    for (const auto& step : database().dialect().render({.what = schema::DropTable{table}}, there).steps)
      work().execute(step.statement);
  }

  /// Empties in a run of its own that ends before its statement or commit `at`, and so after the one before. Returns
  /// whether it came so far.
  bool killed(const catalog::Catalog& catalog, int at) {
    Faulty driver(subject().driver());
    int count = 0;
    driver.before = [&](std::size_t session, const Statement&) {
      if (session == 0 && ++count == at) driver.end(session);
    };
    journal::Database run(driver, subject().options(), {.actor = {}});
    try {
      migrate::empty(run, catalog, watcher_);
      return false;
    } catch (const Error& error) {
      EXPECT_EQ(error.code().id, codes::connection_lost.id) << error.what();
      return true;
    }
  }

  /// What a person does who is told that nobody knows whether a view was dropped.
  void undo_by_hand(const catalog::Catalog& catalog, const Error& error) {
    ASSERT_EQ(error.code().id, codes::journal_ambiguous.id) << error.what();
    const bool second = error.details().where.find("items") != std::string::npos;
    const std::string name = second ? "v" : "w";
    const auto there = work().relations();
    if (std::ranges::find(there, name) != there.end()) work().execute({"DROP VIEW " + name});
    migrate::repair(
        database(), catalog, migrate::Repair::mark_reverted, second ? "items" : "report",
        [](const auto&) { return true; }, watcher_);
  }
};

TEST_F(EmptyTest, killed_at_any_statement_it_is_finished_by_the_next_run) {
  if (!shared()) return;
  const auto catalog = shop();
  for (int at = 1;; ++at) {
    SCOPED_TRACE("before statement " + std::to_string(at));
    up(catalog);
    ASSERT_THAT(user_tables(), ElementsAre("items", "orders", "v", "w"));
    const bool was_killed = killed(catalog, at);
    const bool whole = user_tables().size() == 4 && !database().read_unfinished().applied.empty();
    if (was_killed && !whole && !user_tables().empty()) {
      EXPECT_EQ(code_of([&] { up(catalog); }), codes::journal_interrupted.id) << "nothing works on half of it";
      EXPECT_EQ(code_of([&] { down(catalog); }), codes::journal_interrupted.id);
    }
    try {
      empty(catalog);
    } catch (const Error& error) {
      undo_by_hand(catalog, error);
      empty(catalog);
    }
    ASSERT_THAT(user_tables(), IsEmpty());
    ASSERT_THAT(states(catalog), ElementsAre("orders: pending", "items: pending", "report: pending"));
    ASSERT_LT(at, 200);
    if (!was_killed) break;
  }
}

TEST_F(EmptyTest, of_half_emptied_all_else_says_how_to_go_on) {
  if (!shared()) return;
  up(shop());
  database().journal().set_meta(journal::meta::emptying, "");
  EXPECT_EQ(test::error_text([&] { database().read(); }),
            "DBCTL-JRN-006 this database is half emptied: `dbctl fresh` was interrupted\n"
            "at " +
                subject().driver().target(subject().options()) +
                "\n"
                "because some of what migrations made is gone, and the ledger still lists all of it\n"
                "-> finish it, and apply all migrations: dbctl fresh\n"
                "-> or drop the database: dbctl drop");
  empty(shop());
  EXPECT_EQ(up(shop()).migrations.size(), 3U);
}

TEST_F(EmptyTest, a_refusal_comes_before_anything_is_undone) {
  const auto catalog = shop();
  up(catalog);
  work().execute(
      {"CREATE TABLE strangers (id INTEGER, order_id INTEGER, FOREIGN KEY (order_id) REFERENCES orders (id))"});
  EXPECT_EQ(code_of([&] { empty(catalog); }), codes::schema_invalid.id);
  EXPECT_THAT(user_tables(), ElementsAre("items", "orders", "strangers", "v", "w"));
  work().execute({"DROP TABLE strangers"});
  EXPECT_THAT(empty(catalog), ElementsAre("items", "orders"));
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(EmptyTest, a_reverse_that_fails_tells_the_way_out) {
  const auto catalog = shop();
  up(catalog);
  work().execute({"DROP VIEW v"});
  try {
    empty(catalog);
    ADD_FAILURE() << "it went through";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.details().where,
              "migrations/shop/20240101000002_items.cpp:12, 20240101000002_items, statement 1 of 1 (sql DROP VIEW v)");
    EXPECT_THAT(error.details().next,
                ElementsAre("undo by hand what is left of the migration's raw SQL, then: dbctl repair --mark-reverted "
                            "20240101000002",
                            "then the same command again"));
  }
  EXPECT_EQ(std::ranges::count(user_tables(), "orders"), 1) << "nothing is dropped before";
  migrate::repair(
      database(), catalog, migrate::Repair::mark_reverted, "items", [](const auto&) { return true; }, watcher_);
  empty(catalog);
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(EmptyTest, undoes_the_raw_sql_of_what_is_half_applied) {
  const auto with = [](const std::string& last) {
    return catalog_of({{"half", {raw(view, "DROP VIEW v"), make("a"), raw(last, "DROP VIEW w")}}});
  };
  EXPECT_THROW(up(with("CREATE VIEW w AS SELECT nothing FROM nowhere")), StatementError);
  const auto mended = with("CREATE VIEW w AS SELECT 2 AS two");
  empty(mended);
  EXPECT_THAT(user_tables(), IsEmpty());
  EXPECT_EQ(up(mended).migrations.size(), 1U);
}

TEST_F(EmptyTest, what_is_applied_and_not_known_here_is_not_forgotten) {
  up(shop());
  const auto fewer = catalog_of({{"orders", {make("orders")}}});
  EXPECT_EQ(code_of([&] { empty(fewer); }), codes::journal_missing.id);
  EXPECT_THAT(user_tables(), ElementsAre("items", "orders", "v", "w"));
  EXPECT_EQ(database().read().applied.size(), 3U);
}

TEST_F(EmptyTest, tables_that_refer_to_each_other) {
  const auto catalog = catalog_of(
      {{"circle",
        {make("a"),
         make("b", "a"),
         make("c", "b"),
         {.what = schema::AddColumn{"a", nullable(column("c_id", type(TypeKind::integer)))}},
         {.what = schema::AddForeignKey{
              "a", {.name = "fk_a_c_id", .columns = {"c_id"}, .references = "c", .references_columns = {"id"}}}}}}});
  up(catalog);
  EXPECT_THAT(empty(catalog), ElementsAre("a", "b", "c"));
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(EmptyTest, tables_whose_rows_refer_to_each_other) {
  const auto catalog = catalog_of(
      {{"circle",
        {make("a"),
         make("b", "a"),
         {.what = schema::AddColumn{"a", nullable(column("b_id", type(TypeKind::integer)))}},
         {.what = schema::AddForeignKey{
              "a", {.name = "fk_a_b_id", .columns = {"b_id"}, .references = "b", .references_columns = {"id"}}}}}}});
  up(catalog);
  work().execute({"INSERT INTO a (id) VALUES (1)"});
  work().execute({"INSERT INTO b (id, parent_id) VALUES (2, 1)"});
  work().execute({"UPDATE a SET b_id = 2"});
  EXPECT_THAT(empty(catalog), ElementsAre("a", "b"));
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(EmptyTest, a_stamp_is_seen_although_a_table_of_the_journal_is_missing) {
  if (!shared()) return;
  up(shop());
  database().journal().set_meta(journal::meta::environment, "staging");
  drop_own("dbctl_history");
  journal::Database other(subject().driver(), subject().options(), {.actor = {}, .environment = "production"});
  EXPECT_EQ(code_of([&] { migrate::empty(other, shop(), watcher_); }), codes::environment_stamp.id);
  EXPECT_THAT(user_tables(), ElementsAre("items", "orders", "v", "w"));
  empty(shop());
  EXPECT_THAT(history(), ElementsAre("emptied ")) << "the table is made anew";
}

TEST_F(EmptyTest, a_journal_without_what_is_applied_is_refused) {
  up(shop());
  drop_own("dbctl_migrations");
  const std::string refused =
      "DBCTL-JRN-005 dbctl's own tables are not complete: dbctl_migrations is missing\n"
      "because the others are there, so it was dropped; what it knew of this database is lost\n"
      "-> put dbctl_migrations back from a backup\n"
      "-> if no migration is applied here: drop dbctl_progress, dbctl_history, dbctl_reverses, dbctl_seeds, dbctl_meta "
      "by hand, and dbctl begins anew";
  EXPECT_EQ(test::error_text([&] { database().read(); }), refused);
  EXPECT_EQ(test::error_text([&] { up(shop()); }), refused);
  EXPECT_EQ(test::error_text([&] { empty(shop()); }), refused);
  EXPECT_THAT(user_tables(), ElementsAre("items", "orders", "v", "w"));
}

TEST_F(EmptyTest, a_journal_that_was_begun_is_finished) {
  database().journal().create();
  drop_own("dbctl_meta");
  drop_own("dbctl_seeds");
  EXPECT_TRUE(database().read().meta.empty());
  up(shop());
  EXPECT_TRUE(database().journal().exists());
  EXPECT_EQ(database().read().applied.size(), 3U);
}

}  // namespace
}  // namespace dbctl::conformance
