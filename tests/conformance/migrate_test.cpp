#include <algorithm>

#include "conformance/runner.hpp"
#include "dbctl/base/codes.hpp"

/// Migrations run, stop, continue and roll back on this database.
namespace dbctl::conformance {
namespace {

using schema::Operation;
using schema::TypeKind;
using testing::ElementsAre;
using testing::IsEmpty;

schema::Table simple(std::string name) {
  return {.name = std::move(name),
          .columns = {column("id", type(TypeKind::integer)), nullable(column("name", type(TypeKind::string, 50)))},
          .primary_key = {"id"}};
}
Operation make(std::string name) {
  return {.what = schema::CreateTable{simple(std::move(name))}};
}
Operation raw(std::string sql, std::string reverse = {}) {
  return {.what = schema::RawSql{.sql = std::move(sql), .reversed_by = std::move(reverse)}};
}

class MigrateTest : public RunnerTest {
 protected:
  static catalog::Catalog shop() {
    auto items = simple("items");
    items.columns.push_back(nullable(column("order_id", type(TypeKind::integer))));
    items.foreign_keys = {
        {.name = "fk_items_order_id", .columns = {"order_id"}, .references = "orders", .references_columns = {"id"}}};
    return catalog_of(
        {{"create_orders", {make("orders")}},
         {"create_items", {{.what = schema::CreateTable{items}}}},
         {"note_items",
          {add_column("items", "note"),
           {.what = schema::CreateIndex{"items", {.name = "idx_items_note", .parts = {{.column = "note"}}}}}}}});
  }
};

TEST_F(MigrateTest, a_table_is_not_remade_when_that_would_lose_something) {
  if (!stores()) return;
  up(catalog_of({{"create_items", {make("items")}}}));
  auto checked = simple("items");
  checked.checks = {{.name = "ck_by_hand", .expression = "id > 0"}};
  run(work(),
      database().dialect().render({.what = schema::DropTable{"items"}}, {.tables = {{"items", simple("items")}}}));
  run(work(), database().dialect().render({.what = schema::CreateTable{checked}}, {}));
  const Operation unique{.what = schema::AddUnique{"items", {.name = "uq_items_name", .columns = {"name"}}}};
  const bool remakes = !database().dialect().render(unique, {.tables = {{"items", simple("items")}}}).rebuilds.empty();
  const auto catalog = catalog_of({{"create_items", {make("items")}}, {"unique_names", {unique}}});
  EXPECT_EQ(code_of([&] { up(catalog); }), remakes ? codes::statement_expectation.id : "nothing");
  const auto found = work().describe({.tables = {"items"}});
  EXPECT_EQ(found.at("items").checks.size(), 1U);
  EXPECT_EQ(found.at("items").uniques.size(), remakes ? 0U : 1U);
}

TEST_F(MigrateTest, up_down_and_up_again) {
  const auto catalog = shop();
  auto outcome = up(catalog);
  EXPECT_EQ(outcome.migrations.size(), 3U);
  EXPECT_GE(outcome.statements, 4);
  if (!stores()) return;
  EXPECT_THAT(states(catalog), ElementsAre("create_orders: applied", "create_items: applied", "note_items: applied"));
  EXPECT_THAT(history(), ElementsAre("applied create_orders", "applied create_items", "applied note_items"));
  expect_described(catalog);
  EXPECT_TRUE(up(catalog).migrations.empty()) << "a second run has nothing to do";
  EXPECT_THAT(watcher_.statements, IsEmpty());

  EXPECT_EQ(down(catalog).migrations.size(), 1U);
  EXPECT_THAT(states(catalog), ElementsAre("create_orders: applied", "create_items: applied", "note_items: pending"));
  expect_described(catalog);
  EXPECT_EQ(down(catalog, {.all = true}).migrations.size(), 2U);
  EXPECT_THAT(user_tables(), IsEmpty());
  EXPECT_EQ(up(catalog).migrations.size(), 3U);
  expect_described(catalog);
}

TEST_F(MigrateTest, down_by_batch_and_to_a_version) {
  if (!stores()) return;
  const auto catalog = shop();
  up(catalog, {.steps = 1});
  up(catalog);
  EXPECT_EQ(down(catalog, {.batch = true}).migrations.size(), 2U);
  up(catalog);
  EXPECT_EQ(down(catalog, {.to = "create_items"}).migrations.size(), 1U);
  EXPECT_THAT(states(catalog), ElementsAre("create_orders: applied", "create_items: applied", "note_items: pending"));
}

TEST_F(MigrateTest, data_is_kept_by_what_follows) {
  if (!stores()) return;
  const auto catalog = shop();
  up(catalog, {.to = "create_items"});
  const auto model = migrate::fold(catalog, database().read(), target());
  work().execute(database().dialect().insert(model.at("orders"), {"id"}, {{std::int64_t{1}}}));
  work().execute(
      database().dialect().insert(model.at("items"), {"id", "order_id"}, {{std::int64_t{1}, std::int64_t{1}}}));
  up(catalog);
  down(catalog);
  EXPECT_EQ(work().query(database().dialect().select(model.at("items"), {"id"}, {}, {}, {})).size(), 1U);
}

class FailingTest : public MigrateTest {
 protected:
  static catalog::Catalog with(const std::string& third) {
    return catalog_of(
        {{"first", {make("orders")}}, {"broken", {make("a"), make("b"), raw(third, "DROP VIEW v"), make("c")}}});
  }
  const std::string broken = "CREATE INDEX i ON nowhere (nothing)";
  const std::string mended = "CREATE VIEW v AS SELECT 1 AS one";
};

TEST_F(FailingTest, a_failed_migration_names_its_place_and_keeps_what_is_done) {
  if (!stores()) return;
  try {
    up(with(broken));
    ADD_FAILURE() << "it went through";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.code().id, codes::statement_failed.id);
    EXPECT_EQ(error.details().where,
              "migrations/shop/20240101000002_broken.cpp:13, 20240101000002_broken, statement 3 of 4 (sql CREATE "
              "INDEX i ON nowhere (nothing))");
    EXPECT_NE(error.details().why.find(broken), std::string::npos) << error.details().why;
    EXPECT_EQ(error.details().next.back(), "mend the migration, then: dbctl migrate");
  }
  EXPECT_FALSE(work().in_transaction());
  EXPECT_THAT(history(), ElementsAre("applied first", "failed broken"));
  if (claims().transactional_ddl) {
    EXPECT_THAT(user_tables(), ElementsAre("orders")) << "all of it was undone";
    EXPECT_THAT(states(with(broken)), ElementsAre("first: applied", "broken: pending"));
  } else {
    EXPECT_THAT(user_tables(), ElementsAre("a", "b", "orders"));
    EXPECT_THAT(states(with(broken)), ElementsAre("first: applied", "broken: interrupted, 2 statements done"));
  }
  const auto catalog = with(mended);
  up(catalog);
  if (!claims().transactional_ddl) {
    EXPECT_THAT(watcher_.statements, ElementsAre("broken 3", "broken 4")) << "it goes on where it stopped";
  }
  EXPECT_THAT(user_tables(), ElementsAre("a", "b", "c", "orders", "v"));
  EXPECT_THAT(states(catalog), ElementsAre("first: applied", "broken: applied"));
  EXPECT_FALSE(database().read().progress.has_value());
  down(catalog, {.all = true});
  EXPECT_THAT(user_tables(), IsEmpty());
}

/// Where several statements are sent in one message, the server does not say which one it refused.
TEST_F(FailingTest, one_of_several_new_tables_is_named) {
  if (!stores()) return;
  const auto catalog =
      catalog_of({{"first", {make("orders")}}, {"broken", {make("a"), make("b"), make("c"), make("d")}}});
  work().execute({"CREATE TABLE c (by_hand INTEGER)"});
  try {
    up(catalog);
    ADD_FAILURE() << "it went through";
  } catch (const StatementError& error) {
    EXPECT_EQ(error.details().where,
              "migrations/shop/20240101000002_broken.cpp:13, 20240101000002_broken, statement 3 of 4 (create_table c)");
    EXPECT_NE(error.details().why.find("CREATE TABLE"), std::string::npos) << error.details().why;
  }
  EXPECT_FALSE(work().in_transaction());
  EXPECT_THAT(history(), ElementsAre("applied first", "failed broken"));
  using Names = std::vector<std::string>;
  EXPECT_EQ(user_tables(), claims().transactional_ddl ? Names({"c", "orders"}) : Names({"a", "b", "c", "orders"}));
  work().execute({"DROP TABLE c"});
  watcher_.statements.clear();
  std::vector<migrate::Boundary> seen;
  watcher_.at_boundary = [&](const auto&, migrate::Boundary boundary) { seen.push_back(boundary); };
  up(catalog);
  using migrate::Boundary;
  if (claims().transactional_ddl) {
    EXPECT_THAT(watcher_.statements, ElementsAre("broken 1", "broken 2", "broken 3", "broken 4"));
    for (const auto one : {Boundary::sending, Boundary::done, Boundary::recorded})
      EXPECT_EQ(std::ranges::count(seen, one), 4);
  }
  EXPECT_THAT(user_tables(), ElementsAre("a", "b", "c", "d", "orders"));
}

TEST_F(FailingTest, a_failed_first_statement_leaves_nothing_half_done) {
  if (!stores()) return;
  const auto catalog = catalog_of({{"first", {make("orders")}}, {"broken", {raw(broken, "DROP INDEX i"), make("a")}}});
  EXPECT_THROW(up(catalog), StatementError);
  EXPECT_THAT(states(catalog), ElementsAre("first: applied", "broken: pending"));
  EXPECT_EQ(down(catalog).migrations.size(), 1U) << "what came before can be rolled back";
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(FailingTest, statements_that_ran_must_not_change) {
  if (!stores() || claims().transactional_ddl) return;
  EXPECT_THROW(up(with(broken)), StatementError);
  const auto edited =
      catalog_of({{"first", {make("orders")}}, {"broken", {make("x"), make("b"), raw(mended, "DROP VIEW v")}}});
  EXPECT_EQ(code_of([&] { up(edited); }), codes::journal_edited.id);
}

TEST_F(FailingTest, a_migration_whose_rest_was_taken_away_is_finished) {
  if (!stores() || claims().transactional_ddl) return;
  EXPECT_THROW(up(with(broken)), StatementError);
  const auto shorter = catalog_of({{"first", {make("orders")}}, {"broken", {make("a"), make("b")}}});
  up(shorter);
  EXPECT_THAT(watcher_.statements, IsEmpty());
  EXPECT_THAT(states(shorter), ElementsAre("first: applied", "broken: applied"));
  EXPECT_FALSE(database().read().progress.has_value());
}

TEST_F(FailingTest, data_that_was_written_is_not_written_again) {
  if (!stores()) return;
  const auto row = [](std::int64_t id) { return Operation{.what = schema::InsertRows{"orders", {"id"}, {{id}}}}; };
  // Data, then a definition that fails: where definitions commit by themselves, the data is a group of its own.
  EXPECT_THROW(up(catalog_of({{"first", {make("orders")}}, {"fill", {row(1), row(2), raw(broken, "DROP INDEX i")}}})),
               StatementError);
  const auto catalog = catalog_of({{"first", {make("orders")}}, {"fill", {row(1), row(2), row(3)}}});
  up(catalog);
  const auto model = migrate::fold(catalog, database().read(), target());
  EXPECT_EQ(work().query(database().dialect().select(model.at("orders"), {"id"}, {}, {}, {})).size(), 3U);
  EXPECT_THAT(states(catalog), ElementsAre("first: applied", "fill: applied"));
}

TEST_F(MigrateTest, a_rollback_that_fails_goes_on_where_it_stopped) {
  if (!stores()) return;
  const auto with = [](const std::string& second) {
    return catalog_of({{"made", {make("a"), make("b")}, {{{.what = schema::DropTable{"b"}}, raw(second)}}}});
  };
  const auto good = with("DROP TABLE a");
  up(good);
  EXPECT_THROW(down(with("DROP TABLE nowhere")), Error) << "its down was edited";
  const auto broken = with("DROP TABLE nowhere");
  database().journal().accept_checksum("shop", "20240101000001", migrate::checksum(broken.migrations().front().body()));
  EXPECT_THROW(down(broken), StatementError);
  if (claims().transactional_ddl) {
    EXPECT_THAT(user_tables(), ElementsAre("a", "b"));
  } else {
    EXPECT_THAT(states(broken), ElementsAre("made: interrupted, 1 statement of the rollback done"));
  }
  database().journal().accept_checksum("shop", "20240101000001", migrate::checksum(good.migrations().front().body()));
  down(good);
  EXPECT_THAT(user_tables(), IsEmpty());
  EXPECT_THAT(states(good), ElementsAre("made: pending"));
}

TEST_F(MigrateTest, backfills_in_batches) {
  if (!stores()) return;
  std::vector<Row> rows;
  for (std::int64_t id = 1; id <= 25; ++id) rows.push_back({id});
  const auto catalog =
      catalog_of({{"make", {make("orders"), {.what = schema::InsertRows{"orders", {"id"}, rows}}}},
                  {"fill",
                   {add_column("orders", "twice"),
                    {.what = schema::Backfill{
                         .table = "orders", .assignments = {{"twice", "id * 2"}}, .keeps_data = true, .batch = 10}}}}});
  up(catalog);
  const auto model = migrate::fold(catalog, database().read(), target());
  std::int64_t sum = 0;
  for (const auto& row : work().query(database().dialect().select(model.at("orders"), {"twice"}, {}, {}, {})).rows)
    sum += to_int(row.at(0));
  EXPECT_EQ(sum, 25 * 26);
  EXPECT_FALSE(database().read().progress.has_value());
  down(catalog, {.all = true});
  EXPECT_THAT(user_tables(), IsEmpty());
}

TEST_F(MigrateTest, a_stray_commit_in_a_migration_is_refused_or_found) {
  if (!stores()) return;
  const auto catalog = catalog_of({{"stray", {make("a"), raw("COMMIT", "COMMIT")}}});
  EXPECT_THROW(up(catalog), Error);
  EXPECT_FALSE(work().in_transaction());
}

TEST_F(MigrateTest, empties_what_migrations_made_and_nothing_else) {
  if (!stores()) return;
  const auto catalog = shop();
  up(catalog);
  work().execute({"CREATE TABLE strangers (id INTEGER)"});
  const auto dropped = migrate::empty(database(), catalog, watcher_);
  EXPECT_THAT(dropped, ElementsAre("items", "orders"));
  EXPECT_THAT(user_tables(), ElementsAre("strangers"));
  EXPECT_EQ(up(catalog).migrations.size(), 3U);
}

TEST_F(MigrateTest, a_table_remade_from_the_model_keeps_strange_columns_from_being_lost) {
  if (!stores()) return;
  const Operation change{.what = schema::AlterColumn{"orders", nullable(column("name", type(TypeKind::string, 80)))}};
  const auto before = catalog_of({{"make", {make("orders")}}});
  const auto after = catalog_of({{"make", {make("orders")}}, {"change", {change}}});
  up(before);
  work().execute({"ALTER TABLE orders ADD COLUMN by_hand INTEGER"});
  const auto plan = migrate::plan_up(after, database().read(), target());
  const bool remakes = !plan.migrations.at(0).groups.at(0).statements.at(0).rebuilds.empty();
  if (remakes) {
    EXPECT_EQ(code_of([&] { up(after); }), codes::statement_expectation.id);
  } else {
    up(after);
  }
  const auto found = work().describe({.tables = {"orders"}});
  EXPECT_NE(found.at("orders").find_column("by_hand"), nullptr);
}

}  // namespace
}  // namespace dbctl::conformance
