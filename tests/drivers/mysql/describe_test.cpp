#include <algorithm>

#include <gmock/gmock.h>

#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"
#include "golden/cases.hpp"
#include "server.hpp"

namespace dbctl::mysql {
namespace {

using golden::column;
using schema::Action;
using schema::TypeKind;

class Describe : public test::ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    dialect = std::make_unique<MysqlDialect>(sql::ServerInfo{.product = GetParam()});
  }
  void run(const std::vector<schema::Operation>& operations) {
    for (const auto& operation : operations) {
      for (const auto& step : dialect->render(operation, model).steps) connection->execute(step.statement);
      model = schema::apply(std::move(model), operation);
    }
  }
  void expect_described(const std::string& when) {
    const auto found = connection->describe({});
    schema::Schema stored;
    for (const auto& [name, table] : model.tables) stored.tables[name] = dialect->storage(table);
    EXPECT_EQ(schema::canonical(found), schema::canonical(stored)) << when;
  }
  /// Applies each operation, and then takes all back in turn; describes at every step.
  void there_and_back(const std::vector<schema::Operation>& operations) {
    std::vector<schema::Schema> befores;
    for (const auto& operation : operations) {
      befores.push_back(model);
      run({operation});
      expect_described("after " + schema::summary(operation));
    }
    for (auto i = operations.size(); i-- > 0;) {
      run(schema::inverse(operations[i], befores[i]));
      expect_described("after the inverse of " + schema::summary(operations[i]));
      EXPECT_EQ(schema::canonical(model), schema::canonical(befores[i]));
    }
  }
  schema::Operation op(schema::Operation::Variant what) { return {.what = std::move(what)}; }
  std::string indexes_of(const std::string& table) {
    return ask(
        "SELECT GROUP_CONCAT(CONCAT(INDEX_NAME, ':', COLUMN_NAME) ORDER BY INDEX_NAME, SEQ_IN_INDEX) FROM "
        "information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?",
        {table});
  }

  std::unique_ptr<MysqlDialect> dialect;
  schema::Schema model;
};
DBCTL_ON_BOTH_SERVERS(Describe);

TEST_P(Describe, equals_the_fold_after_every_operation_and_its_inverse) {
  for (const auto& one : golden::cases()) {
    const auto* operation = std::get_if<schema::Operation>(&one.what);
    if (operation == nullptr || std::holds_alternative<schema::RawSql>(operation->what)) continue;
    SCOPED_TRACE(one.name);
    empty_database();
    model = {};
    ASSERT_EQ(error_of([&] { run(one.setup); }), "no error");
    const auto before = model;
    expect_described("before");
    try {
      run({*operation});
    } catch (const Unsupported&) {
      expect_described("unsupported");
      continue;
    } catch (const Error& error) {
      ADD_FAILURE() << dbctl::test::whole_text(error);
      continue;
    }
    expect_described("after");
    std::vector<schema::Operation> back;
    try {
      back = schema::inverse(*operation, before);
    } catch (const Error& error) {
      EXPECT_EQ(error.code().id, "DBCTL-SCH-002") << dbctl::test::whole_text(error);
      continue;
    }
    EXPECT_EQ(error_of([&] { run(back); }), "no error");
    expect_described("after the inverse");
  }
}

TEST_P(Describe, indexes_behind_foreign_keys_in_every_order) {
  const schema::Table parents{
      .name = "parents",
      .columns = {golden::id(), column("a", {TypeKind::integer}), column("b", {TypeKind::integer})},
      .primary_key = {"id"},
      .uniques = {{.name = "uq_parents_a_b", .columns = {"a", "b"}}}};
  const schema::Table children{.name = "children",
                               .columns = {golden::id(), golden::nullable(column("parent_id", {TypeKind::bigint})),
                                           column("a", {TypeKind::integer}), column("b", {TypeKind::integer})},
                               .primary_key = {"id"},
                               .foreign_keys = {{.name = "fk_children_parent_id",
                                                 .columns = {"parent_id"},
                                                 .references = "parents",
                                                 .references_columns = {"id"},
                                                 .on_delete = Action::set_null}}};
  const schema::Index one{.name = "idx_children_parent_id", .parts = {{.column = "parent_id"}}};
  const schema::Index wide{.name = "idx_children_parent_id_a", .parts = {{.column = "parent_id"}, {.column = "a"}}};
  const schema::Index descending{.name = "idx_children_down", .parts = {{.column = "parent_id", .descending = true}}};
  const schema::ForeignKey pair{.name = "fk_children_a_b",
                                .columns = {"a", "b"},
                                .references = "parents",
                                .references_columns = {"a", "b"},
                                .on_delete = Action::cascade};
  run({op(schema::CreateTable{parents})});
  there_and_back({op(schema::CreateTable{children}), op(schema::CreateIndex{"children", one}),
                  op(schema::CreateIndex{"children", wide}), op(schema::DropIndex{"children", one.name}),
                  op(schema::CreateIndex{"children", descending}), op(schema::DropIndex{"children", wide.name}),
                  op(schema::AddForeignKey{"children", pair}),
                  op(schema::AddUnique{"children", {"uq_children_a_b_id", {"a", "b", "id"}}}),
                  op(schema::DropForeignKey{"children", "fk_children_parent_id"}),
                  op(schema::DropUnique{"children", "uq_children_a_b_id"}), op(schema::CreateIndex{"children", one}),
                  op(schema::DropForeignKey{"children", "fk_children_a_b"})});
}

TEST_P(Describe, an_index_of_the_model_takes_over_from_the_servers_own) {
  const schema::Table nodes{
      .name = "nodes",
      .columns = {golden::id(), golden::nullable(column("up", {TypeKind::bigint}))},
      .primary_key = {"id"},
      .foreign_keys = {
          {.name = "fk_nodes_up", .columns = {"up"}, .references = "nodes", .references_columns = {"id"}}}};
  run({op(schema::CreateTable{nodes})});
  EXPECT_EQ(indexes_of("nodes"), "fk_nodes_up:up,PRIMARY:id");
  run({op(schema::CreateIndex{"nodes", {.name = "idx_nodes_up", .parts = {{.column = "up"}}, .concurrently = true}})});
  EXPECT_EQ(indexes_of("nodes"), "idx_nodes_up:up,PRIMARY:id");
  run({op(schema::DropIndex{"nodes", "idx_nodes_up"})});
  EXPECT_EQ(indexes_of("nodes"), "fk_nodes_up:up,PRIMARY:id");
  run({op(schema::DropForeignKey{"nodes", "fk_nodes_up"})});
  EXPECT_EQ(indexes_of("nodes"), "PRIMARY:id");
}

TEST_P(Describe, a_column_is_renamed_under_all_that_names_it) {
  auto total = golden::nullable(column("total", {TypeKind::decimal, 14, 2}));
  total.generated = {.expression = "price * 2", .stored = true};
  auto virtual_total = golden::nullable(column("half", {TypeKind::decimal, 14, 4}));
  virtual_total.generated = {.expression = "price / 2"};
  schema::Table table{.name = "lines",
                      .columns = {golden::id(), column("price", {TypeKind::decimal, 12, 2}), total, virtual_total},
                      .primary_key = {"id"},
                      .checks = {{.name = "ck_lines_price", .expression = "price >= 0"}},
                      .indexes = {{.name = "idx_lines_price", .parts = {{.column = "price", .descending = true}}}}};
  if (!mariadb()) table.indexes.push_back({.name = "idx_lines_double", .parts = {{.expression = "price * 3"}}});
  run({op(schema::CreateTable{table})});
  there_and_back({op(schema::RenameColumn{"lines", "price", "amount"}), op(schema::RenameTable{"lines", "items"})});
}

TEST_P(Describe, expressions_come_back_as_they_were_written) {
  schema::Table table{.name = "things", .columns = {golden::id()}, .primary_key = {"id"}};
  const auto add = [&](schema::Column c) { table.columns.push_back(std::move(c)); };
  add(column("price", {TypeKind::decimal, 12, 2}));
  add(column("name", {TypeKind::string, 40}));
  add(column("body", {TypeKind::text}));
  add(column("stock", {TypeKind::integer}));
  add(column("made", {TypeKind::timestamp}));
  add(column("active", {TypeKind::boolean}));
  add(column("data", {TypeKind::json}));
  add(column("order", {TypeKind::integer}));
  auto computed = golden::nullable(column("total", {TypeKind::decimal, 14, 2}));
  computed.generated = {.expression = "price * stock + 1", .stored = true};
  add(computed);
  auto greeting = golden::nullable(column("greeting", {TypeKind::string, 80}));
  greeting.generated = {.expression = "concat('grüße ', name, 'it''s \\\\')"};
  add(greeting);
  auto token = golden::nullable(column("token", {TypeKind::string, 40}));
  token.default_value = {.kind = schema::Default::Kind::expression, .expression = "UUID()"};
  add(token);
  auto accent = golden::nullable(column("accent", {TypeKind::text}));
  accent.default_value = {.kind = schema::Default::Kind::value, .value = std::string("é 日本 \\ 'x' \n")};
  add(accent);
  auto noted = golden::nullable(column("noted", {TypeKind::string, 40}));
  noted.default_value = {.kind = schema::Default::Kind::value, .value = std::string("NULL")};
  noted.comment = "é 'quoted' \\";
  noted.collation = mariadb() ? "utf8mb4_unicode_nopad_ci" : "utf8mb4_0900_ai_ci";
  add(noted);
  const char* checks[] = {"price >= 0",
                          "price > -1.50",
                          "stock BETWEEN 0 AND 1000",
                          "name IN ('a', 'b', 'c')",
                          "body NOT IN ('x', 'é', '日本')",
                          "name = 'a' OR name != 'b'",
                          "length(name) > 3 AND price < 10 OR NOT active",
                          "name LIKE 'a%' AND body NOT LIKE '%b'",
                          "NOT (stock > 1 AND price < 2)",
                          "coalesce(name, body) <> ''",
                          "made > '2024-01-15'",
                          "active IS NOT NULL AND name <=> body",
                          "CASE WHEN stock > 1 THEN 2 ELSE 3 END > 2",
                          "trim(name) = name",
                          "json_extract(data, '$.kind') = 'a'",
                          "`order` + stock * 2 - (stock - 1) > 0",
                          "name REGEXP '^[a-z]+$'",
                          "stock % 2 = 0 AND mod(stock, 3) = 1",
                          "(active OR stock > 1) AND (price > 1 OR stock < 5)",
                          "upper(name) = name AND lower(body) = body",
                          "cast(stock AS char(10)) <> name",
                          "substring(name, 1, 2) = 'it' AND name <> 'it''s'"};
  for (std::size_t i = 0; i < std::size(checks); ++i)
    table.checks.push_back({.name = "ck_" + std::to_string(i + 10), .expression = checks[i]});
  table.indexes = {{.name = "i1", .parts = {{.column = "name"}, {.column = "body"}}, .fulltext = true},
                   {.name = "i2", .parts = {{.column = "stock", .descending = true}, {.column = "price"}}},
                   {.name = "i3", .parts = {{.column = "name"}}, .method = "hash"},
                   {.name = "i4", .parts = {{.column = "stock"}, {.column = "made"}}, .unique = true},
                   {.name = "uq_i5", .parts = {{.column = "made"}}, .unique = true}};
  table.uniques = {{.name = "own_name", .columns = {"made", "stock"}}};
  if (!mariadb())
    table.indexes.push_back(
        {.name = "i6", .parts = {{.expression = "LOWER(name)"}, {.column = "price"}}, .unique = true});
  model.tables["things"] = table;
  for (const auto& step : dialect->render(op(schema::CreateTable{table}), {}).steps)
    connection->execute(step.statement);
  expect_described("after");
}

TEST_P(Describe, other_things_are_told_apart) {
  connection->execute({.sql = "CREATE TABLE t (a INT UNSIGNED, b MEDIUMTEXT, c TIMESTAMP NULL, d VARCHAR(10) COLLATE "
                              "utf8mb4_general_ci, e BIT(3), f BIGINT UNSIGNED, g DATETIME)"});
  connection->execute({.sql = "CREATE VIEW v AS SELECT 1 AS one"});
  connection->execute({.sql = "CREATE TABLE `With ``quotes` (a INT)"});
  const auto found = connection->describe({.tables = {"t"}});
  ASSERT_EQ(found.tables.size(), 1U);
  const auto& t = found.at("t");
  const auto type = [&](const char* name) { return t.find_column(name)->type; };
  EXPECT_EQ(type("a").values, (std::vector<std::string>{mariadb() ? "int(10) unsigned" : "int unsigned"}));
  EXPECT_EQ(type("b"), (schema::Type{.kind = TypeKind::text, .values = {"mediumtext"}}));
  EXPECT_EQ(type("c"), (schema::Type{.kind = TypeKind::timestamp, .values = {"timestamp"}}));
  EXPECT_EQ(type("d"), (schema::Type{.kind = TypeKind::string, .size = 10}));
  EXPECT_EQ(t.find_column("d")->collation, "utf8mb4_general_ci");
  EXPECT_EQ(type("g"), (schema::Type{.kind = TypeKind::timestamp, .values = {"datetime"}}));
  EXPECT_THAT(connection->relations(), testing::UnorderedElementsAre("t", "v", "With `quotes"));
}

TEST_P(Describe, what_the_model_lacks_is_seen_in_columns) {
  connection->execute({.sql =
                           "CREATE TABLE t (id INT, a DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE "
                           "CURRENT_TIMESTAMP(6), b INT INVISIBLE, c FLOAT(7,4), d DOUBLE(9,2), e CHAR(36) CHARACTER "
                           "SET ascii COLLATE ascii_bin, f FLOAT, g CHAR(36) CHARACTER SET ascii COLLATE "
                           "ascii_general_ci, h DATETIME(6) DEFAULT (UTC_TIMESTAMP(6)))"});
  const auto found = connection->describe({});
  const auto values = [&](const char* name) { return text::join(found.at("t").find_column(name)->type.values, "|"); };
  EXPECT_EQ(values("a"), "datetime(6) on update current_timestamp(6)");
  EXPECT_EQ(found.at("t").find_column("a")->default_value.kind, schema::Default::Kind::expression);
  EXPECT_EQ(found.at("t").find_column("h")->default_value.kind, schema::Default::Kind::now);
  EXPECT_EQ(values("b"), mariadb() ? "int(11) invisible" : "int invisible");
  EXPECT_EQ(values("c"), "float(7,4)");
  EXPECT_EQ(values("d"), "double(9,2)");
  EXPECT_EQ(values("e"), "char(36)");
  EXPECT_EQ(found.at("t").find_column("e")->collation, "ascii_bin");
  for (const char* own : {"f", "g", "h"}) EXPECT_EQ(values(own), "") << own;
}

TEST_P(Describe, what_the_model_lacks_is_seen_in_tables_indexes_and_checks) {
  const std::string unused = mariadb() ? "IGNORED" : "INVISIBLE";
  const std::string enforced = mariadb() ? "" : " NOT ENFORCED";
  connection->execute({.sql = "CREATE TABLE t (name VARCHAR(20) NOT NULL, a INT, data LONGTEXT CHECK "
                              "(json_valid(data)), p POINT NOT NULL, UNIQUE KEY uq_part (name(3)), UNIQUE KEY uq_whole "
                              "(name), KEY idx_off (a) " +
                              unused + ", SPATIAL KEY idx_p (p), CONSTRAINT ck CHECK (a > 0)" + enforced + ")"});
  connection->execute({.sql = "CREATE TABLE m (a INT) ENGINE=MyISAM COMMENT='old'"});
  const auto found = connection->describe({});
  const auto& t = found.at("t");
  ASSERT_EQ(t.uniques.size(), 1U);
  EXPECT_EQ(t.uniques[0].name, "uq_whole");
  const auto index = [&](const char* name) { return *std::ranges::find(t.indexes, name, &schema::Index::name); };
  EXPECT_EQ(index("uq_part").parts[0].expression, "name(3)");
  EXPECT_EQ(index("idx_off").method, "unused");
  EXPECT_EQ(index("idx_p").method, "spatial");
  EXPECT_EQ(index("idx_p").parts[0].column, "p");
  const auto check = std::ranges::find(t.checks, "ck", &schema::Check::name);
  ASSERT_NE(check, t.checks.end());
  EXPECT_EQ(check->expression, mariadb() ? "a > 0" : "a > 0 not enforced");
  EXPECT_EQ(t.comment, "");
  EXPECT_EQ(found.at("m").comment, "old [ENGINE=MyISAM]");
}

TEST_P(Describe, a_check_that_asks_more_than_for_json_is_one) {
  if (!mariadb()) GTEST_SKIP() << "SKIPPED: mysql has no checks of columns";
  connection->execute({.sql = "CREATE TABLE t (a JSON, b LONGTEXT CHECK (json_valid(b) AND length(b) > 2))"});
  const auto found = connection->describe({});
  EXPECT_EQ(found.at("t").find_column("a")->type.kind, TypeKind::json);
  EXPECT_EQ(found.at("t").find_column("b")->type.kind, TypeKind::text);
  ASSERT_EQ(found.at("t").checks.size(), 1U);
  EXPECT_EQ(found.at("t").checks[0].expression, "json_valid(b) and length(b) > 2");
}

TEST_P(Describe, default_now_is_utc_whatever_the_sessions_zone) {
  auto made = column("made", {TypeKind::timestamp});
  auto day = column("day", {TypeKind::date});
  auto at = column("at", {TypeKind::time});
  for (auto* one : {&made, &day, &at}) one->default_value = {.kind = schema::Default::Kind::now};
  run({op(schema::CreateTable{{.name = "t", .columns = {golden::id(), made, day, at}, .primary_key = {"id"}}})});
  connection->execute({.sql = "SET time_zone = '+09:00'"});
  connection->execute({.sql = "INSERT INTO t (id) VALUES (1)"});
  EXPECT_EQ(ask("SELECT ABS(TIMESTAMPDIFF(MINUTE, made, UTC_TIMESTAMP())) + ABS(TIMESTAMPDIFF(MINUTE, TIMESTAMP(`day`, "
                "`at`), UTC_TIMESTAMP())) FROM t"),
            "0");
}

TEST_P(Describe, a_column_that_rows_have_no_value_for_is_not_added) {
  run({op(schema::CreateTable{{.name = "t", .columns = {golden::id()}, .primary_key = {"id"}}})});
  connection->execute({.sql = "INSERT INTO t (id) VALUES (1)"});
  const auto script = dialect->render(op(schema::AddColumn{"t", column("n", {TypeKind::integer})}), model);
  ASSERT_EQ(script.steps.size(), 2U);
  EXPECT_EQ(script.steps[0].expect.kind, sql::Expect::Kind::no_rows);
  EXPECT_EQ(script.steps[0].expect.message, "t has rows, and they would have no n");
  EXPECT_EQ(connection->query(script.steps[0].statement).size(), 1U);
}

TEST_P(Describe, a_backfill_visits_every_row_of_a_key_with_an_enumeration) {
  auto size = column("size", {TypeKind::enumeration});
  size.type.values = {"small", "large", "a"};
  const schema::Table t{.name = "t",
                        .columns = {size, column("n", {TypeKind::integer}), column("v", {TypeKind::integer})},
                        .primary_key = {"size", "n"}};
  run({op(schema::CreateTable{t})});
  connection->execute({.sql =
                           "INSERT INTO t VALUES ('small', 1, 0), ('small', 2, 0), ('large', 1, 0), ('large', 2, 0), "
                           "('a', 1, 0), ('a', 9, 0)"});
  const schema::Backfill backfill{.table = "t", .assignments = {{"v", "v + 1"}}, .batch = 2};
  Row after;
  for (int batch = 0; batch < 10; ++batch) {
    const auto keys = connection->query(dialect->backfill_keys(backfill, t, after));
    if (keys.empty()) break;
    EXPECT_EQ(connection->execute(dialect->backfill_batch(backfill, t, after, keys.rows.back())), 2);
    after = keys.rows.back();
  }
  EXPECT_EQ(ask("SELECT CONCAT(COUNT(*), ' ', MIN(v), ' ', MAX(v)) FROM t"), "6 1 1");
  EXPECT_THROW(dialect->backfill_keys(backfill, t, {Value(std::string("huge")), std::int64_t{1}}), Unsupported);
}

TEST_P(Describe, a_longer_column_must_fit_the_keys_that_hold_it) {
  const auto of = [](std::uint32_t size) { return column("name", {TypeKind::string, size}); };
  schema::Table t{.name = "t", .columns = {column("id", {TypeKind::bigint}), of(200)}, .primary_key = {"id"}};
  const auto longer = op(schema::AlterColumn{"t", of(1000)});
  const auto refused = [&](const schema::Table& table, const std::string& key) {
    EXPECT_EQ(error_of([&] {
                dialect->render(longer, {.tables = {{"t", table}}});
              }).substr(14),
              key +
                  " may take 4000 bytes; the most is 3072 (768 characters of 4 bytes)\n-> shorten its string(...) "
                  "columns, or leave some out");
  };
  EXPECT_EQ(error_of([&] { dialect->render(longer, {.tables = {{"t", t}}}); }), "no error");
  auto indexed = t;
  indexed.indexes = {{.name = "idx_name", .parts = {{.column = "name"}}}};
  refused(indexed, "index idx_name");
  auto unique = t;
  unique.uniques = {{.name = "uq_name", .columns = {"name"}}};
  refused(unique, "the unique key uq_name");
  auto primary = t;
  primary.primary_key = {"name"};
  refused(primary, "the primary key of t");
}

}  // namespace
}  // namespace dbctl::mysql
