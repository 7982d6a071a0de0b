#include "dbctl/sql/ansi_dialect.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "dbctl/base/error.hpp"
#include "support/error_text.hpp"

namespace dbctl::sql {
namespace {

using test::error_text;

class Plain : public AnsiDialect {
 public:
  explicit Plain(bool transactional_ddl = false, IndexFeatures indexes = {})
      : AnsiDialect({.driver = "plain",
                     .server = {.product = "plain"},
                     .transactional_ddl = transactional_ddl,
                     .max_parameters = 4,
                     .indexes = indexes}) {}
};

schema::Schema with_numbers() {
  schema::Table table{.name = "numbers",
                      .columns = {{.name = "n", .type = {.kind = schema::TypeKind::integer}},
                                  {.name = "word", .type = {.kind = schema::TypeKind::text}, .nullable = true}},
                      .primary_key = {"n"}};
  schema::Schema schema;
  schema.tables.emplace(table.name, table);
  return schema;
}

schema::Operation raw(std::string sql, bool outside_transaction = false) {
  return {.what = schema::RawSql{.sql = std::move(sql), .outside_transaction = outside_transaction},
          .origin = {.file = "m.cpp", .line = 7}};
}

Script render(const Dialect& dialect, schema::Operation::Variant what) {
  return dialect.render({.what = std::move(what)}, with_numbers());
}

TEST(AnsiDialect, definitions_run_alone_unless_they_are_transactional) {
  EXPECT_TRUE(render(Plain(false), schema::DropTable{"numbers"}).steps.at(0).alone);
  EXPECT_FALSE(render(Plain(true), schema::DropTable{"numbers"}).steps.at(0).alone);
}

TEST(AnsiDialect, data_never_runs_alone) {
  const schema::InsertRows rows{"numbers", {"n"}, {{std::int64_t{1}}}};
  EXPECT_FALSE(render(Plain(false), rows).steps.at(0).alone);
  EXPECT_FALSE(render(Plain(false), schema::DeleteRows{"numbers", {"n"}, rows.rows}).steps.at(0).alone);
}

TEST(AnsiDialect, a_concurrent_index_runs_alone_everywhere) {
  const schema::CreateIndex op{"numbers", {.name = "i", .parts = {{.column = "n"}}, .concurrently = true}};
  const auto script = render(Plain(true, {.concurrently = true}), op);
  ASSERT_EQ(script.steps.size(), 1U);
  EXPECT_TRUE(script.steps[0].alone);
  EXPECT_EQ(script.steps[0].statement.sql, R"(CREATE INDEX CONCURRENTLY "i" ON "numbers" ("n"))");
}

TEST(AnsiDialect, an_index_may_have_what_the_dialect_claims) {
  const schema::Index index{.name = "i",
                            .parts = {{.expression = "lower(word)", .descending = true}},
                            .unique = true,
                            .method = "tree",
                            .where = "n > 0"};
  const Plain all(true, {.partial = true, .expression = true, .method = true});
  EXPECT_EQ(render(all, schema::CreateIndex{"numbers", index}).steps.at(0).statement.sql,
            R"(CREATE UNIQUE INDEX "i" ON "numbers" USING tree ((lower(word)) DESC) WHERE n > 0)");
  const Plain none(true, {.descending = false});
  EXPECT_EQ(
      error_text([&] {
        render(none, schema::CreateIndex{"numbers", {.name = "i", .parts = {{.column = "n", .descending = true}}}});
      }),
      "DBCTL-SCH-003 index i: plain has no descending indexes\n-> "
      "put the index in on(\"...\", ...) for the databases that have it");
}

TEST(AnsiDialect, rows_are_split_by_the_limit_of_parameters) {
  schema::InsertRows op{"numbers", {"n", "word"}, {}};
  for (std::int64_t n = 0; n < 5; ++n) op.rows.push_back({n, std::string("w")});
  const auto script = render(Plain(), op);
  ASSERT_EQ(script.steps.size(), 3U);
  EXPECT_EQ(script.steps[0].statement.sql, R"(INSERT INTO "numbers" ("n", "word") VALUES (?, ?), (?, ?))");
  EXPECT_EQ(script.steps[2].statement.params, (Row{std::int64_t{4}, std::string("w")}));
}

TEST(AnsiDialect, rows_take_the_types_of_their_columns) {
  const auto script = render(Plain(), schema::InsertRows{"numbers", {"n"}, {{std::string("42")}}});
  EXPECT_EQ(script.steps.at(0).statement.params, (Row{std::int64_t{42}}));
}

TEST(AnsiDialect, rows_that_do_not_fit_are_refused) {
  EXPECT_EQ(error_text([] {
              render(Plain(), schema::InsertRows{"numbers", {"m"}, {{std::int64_t{1}}}});
            }),
            "DBCTL-SCH-001 numbers has no column m\n-> known: n, word");
  EXPECT_EQ(error_text([] {
              render(Plain(), schema::InsertRows{"numbers", {"n", "word"}, {{std::int64_t{1}}}});
            }),
            "DBCTL-SCH-001 a row of numbers has 1 value for 2 columns");
}

TEST(AnsiDialect, every_step_knows_where_its_operation_was_written) {
  const auto script = Plain().render(raw("update numbers set n = 1"), with_numbers());
  EXPECT_EQ(script.steps.at(0).statement.origin.text(), "m.cpp:7");
}

TEST(AnsiDialect, hazards_stand_on_the_first_step) {
  const auto script =
      render(Plain(), schema::AddColumn{"numbers", {.name = "m", .type = {.kind = schema::TypeKind::date}}});
  EXPECT_EQ(script.steps.at(0).hazards, (std::vector<std::string>{"fails if numbers has rows: they would have no m"}));
}

TEST(AnsiDialect, what_has_no_alter_is_refused) {
  auto column = with_numbers().at("numbers").columns[0];
  column.auto_increment = true;
  EXPECT_EQ(error_text([&] {
              render(Plain(), schema::AlterColumn{"numbers", column});
            }),
            "DBCTL-SCH-003 numbers.n cannot be altered: auto_increment comes with the column\n-> "
            "add a new column, copy the values with backfill(...), drop the old one and rename\n-> "
            "or write the database's own SQL with sql(...)");
}

TEST(AnsiDialect, operations_that_are_resolved_before_rendering_are_a_bug_here) {
  EXPECT_THROW(render(Plain(), schema::Backfill{.table = "numbers"}), std::logic_error);
  EXPECT_THROW(render(Plain(), schema::Only{.driver = "plain"}), std::logic_error);
}

TEST(AnsiDialect, a_backfill_needs_a_key) {
  const schema::Backfill backfill{.table = "log", .assignments = {{"n", "1"}}};
  EXPECT_EQ(error_text([&] { Plain().backfill_keys(backfill, {.name = "log"}, {}); }),
            "DBCTL-SCH-003 backfill of log needs a primary key\nbecause the batches are ranges of it\n-> "
            "change all rows at once with sql(\"UPDATE log SET ...\")");
}

TEST(AnsiDialect, suspending_foreign_keys_is_unsupported) {
  EXPECT_EQ(Plain().brackets(false).open, (std::vector<std::string>{"BEGIN"}));
  EXPECT_THROW(Plain().brackets(true), Unsupported);
}

TEST(AnsiDialect, numbers_that_are_none_have_no_literal) {
  EXPECT_THROW(Plain().literal(std::numeric_limits<double>::infinity()), Unsupported);
  EXPECT_EQ(Plain().literal(-0.5), "-0.5");
}

TEST(RawSql, loses_its_terminator_and_keeps_the_rest) {
  const auto script = Plain(true).render(raw(" /* why */ update a set b = ';' ;\n-- done\n"), {});
  EXPECT_EQ(script.steps.at(0).statement.sql, "/* why */ update a set b = ';'");
  EXPECT_FALSE(script.steps.at(0).alone);
}

TEST(RawSql, runs_alone_when_asked_to_or_when_it_commits_by_itself) {
  EXPECT_TRUE(Plain(true).render(raw("analyze a", true), {}).steps.at(0).alone);
  EXPECT_TRUE(Plain(false).render(raw("create view a as select 1"), {}).steps.at(0).alone);
  EXPECT_FALSE(Plain(false).render(raw("with a as (select 1) delete from b"), {}).steps.at(0).alone);
  EXPECT_FALSE(Plain(true).render(raw("create view a as select 1"), {}).steps.at(0).alone);
}

TEST(RawSql, is_one_statement) {
  EXPECT_EQ(error_text([] { Plain().render(raw("select 1; select 2"), {}); }),
            "DBCTL-SCH-001 raw sql holds 2 statements; write one sql(...) each");
  EXPECT_EQ(error_text([] { Plain().render(raw("-- none"), {}); }),
            "DBCTL-SCH-001 raw sql holds no statement\n-> take out the sql(...)");
}

TEST(RawSql, has_no_say_over_transactions) {
  for (const auto* sql :
       {"BEGIN", "begin immediate", "/* a */ commit", "ROLLBACK TO a", "savepoint a", "release a", "start transaction",
        "END", "abort", "prepare transaction 'a'", "SET TRANSACTION READ ONLY", "set autocommit = 0"})
    EXPECT_THROW(Plain().render(raw(sql), {}), Unsupported) << sql;
  for (const auto* sql : {"start replica", "prepare p from 'select 1'", "set search_path = a"})
    EXPECT_NO_THROW(Plain().render(raw(sql), {})) << sql;
  EXPECT_EQ(error_text([] { Plain().render(raw("commit"), {}); }),
            "DBCTL-SCH-003 raw sql must not control transactions: COMMIT\nbecause "
            "dbctl commits each migration together with the record of it\n-> "
            "take the statement out: the migration runs in a transaction where the database can\n-> "
            "for a statement that must run in none, use sql(...).outside_transaction()");
}

}  // namespace
}  // namespace dbctl::sql
