#include <algorithm>

#include "dbctl/schema/fold.hpp"
#include "golden/cases.hpp"
#include "server.hpp"

namespace dbctl::postgresql {
namespace {

using golden::Case;

class Describe : public test::ServerTest {
 protected:
  void run(const std::vector<schema::Operation>& operations, schema::Schema& model) {
    for (const auto& operation : operations) {
      const auto steps = dialect.render(operation, model).steps;
      const bool together = std::ranges::none_of(steps, &sql::Step::alone);
      if (together) connection->begin();
      try {
        for (const auto& step : steps) connection->execute(step.statement);
      } catch (...) {
        connection->rollback();
        throw;
      }
      if (together) connection->commit();
      model = schema::apply(std::move(model), operation);
    }
  }
  void expect_described(const schema::Schema& model, const std::string& when) {
    auto found = connection->describe({});
    schema::Schema stored;
    for (const auto& [name, table] : model.tables) stored.tables[name] = dialect.storage(table);
    EXPECT_EQ(schema::canonical(found), schema::canonical(stored)) << when;
    for (const auto& name : stored.tables.names()) {
      auto &table = *stored.find(name), *there = found.find(name);
      ASSERT_NE(there, nullptr) << when << ": " << name;
      for (auto* one : {&table, there}) std::ranges::sort(one->columns, {}, &schema::Column::name);
      EXPECT_EQ(*there, table) << when << ": " << name;
    }
    EXPECT_EQ(found.tables.size(), stored.tables.size()) << when;
  }

  const PostgresqlDialect dialect{sql::ServerInfo{"postgresql", {.major = 15}}};
};

TEST_F(Describe, equals_the_fold_after_every_operation_and_its_inverse) {
  for (const auto& one : golden::cases()) {
    const auto* operation = std::get_if<schema::Operation>(&one.what);
    if (operation == nullptr || std::holds_alternative<schema::RawSql>(operation->what)) continue;
    SCOPED_TRACE(one.name);
    connection->execute({"DROP SCHEMA public CASCADE"});
    connection->execute({"CREATE SCHEMA public"});
    schema::Schema model;
    ASSERT_NO_THROW(run(one.setup, model));
    const auto before = model;
    expect_described(before, "before");
    try {
      run({*operation}, model);
    } catch (const Unsupported&) {
      expect_described(before, "unsupported");
      continue;
    } catch (const StatementError& error) {
      ADD_FAILURE() << test::whole(error);
      continue;
    }
    expect_described(model, "after");
    try {
      const auto back = schema::inverse(*operation, before);
      run(back, model);
      expect_described(before, "after the inverse");
    } catch (const StatementError& error) {
      ADD_FAILURE() << test::whole(error);
    } catch (const Error& error) {
      EXPECT_EQ(error.code().id, "DBCTL-SCH-002") << test::whole(error);
    }
  }
}

TEST_F(Describe, expressions_come_back_as_they_were_written) {
  using golden::column;
  using schema::TypeKind;
  schema::Table table{.name = "things", .columns = {golden::id()}, .primary_key = {"id"}};
  const auto add = [&](schema::Column c) { table.columns.push_back(std::move(c)); };
  add(column("price", {TypeKind::decimal, 12, 2}));
  add(column("name", {TypeKind::string, 40}));
  add(column("body", {TypeKind::text}));
  add(column("stock", {TypeKind::integer}));
  add(column("made", {TypeKind::timestamp}));
  add(column("day", {TypeKind::date}));
  add(column("active", {TypeKind::boolean}));
  add(column("data", {TypeKind::json}));
  add(column("tags", {TypeKind::text_array}));
  add(column("order", {TypeKind::integer}));
  auto computed = column("total", {TypeKind::decimal, 14, 2});
  computed.nullable = true;
  computed.generated = {.expression = "price * stock + 1", .stored = true};
  add(computed);
  auto key = column("code", {TypeKind::uuid});
  key.default_value = {.kind = schema::Default::Kind::expression, .expression = "gen_random_uuid()"};
  add(key);
  const char* checks[] = {"price >= 0",
                          "price > -1.50",
                          "stock BETWEEN 0 AND 1000",
                          "name IN ('a', 'b', 'c')",
                          "body NOT IN ('x', 'y')",
                          "name = 'a'",
                          "length(name) > 3 AND price < 10 OR NOT active",
                          "name LIKE 'a%' AND body NOT ILIKE '%b'",
                          "coalesce(name, body) <> ''",
                          "made > '2024-01-15'",
                          "day >= date '2024-01-15' AND made < now() + interval '1 day'",
                          "active IS NOT NULL AND name IS NOT DISTINCT FROM body",
                          "CASE WHEN stock > 1 THEN active ELSE price > 0 END",
                          "trim(name) = name",
                          "data ->> 'kind' = 'a'",
                          "data @> '{\"a\": 1}'",
                          "tags && ARRAY['a', 'b'] OR tags[1] = 'x'",
                          "\"order\" + stock * 2 - (stock - 1) > 0",
                          "name ~ '^[a-z]+$'",
                          "extract(year from made) > 2000",
                          "stock % 2 = 0",
                          "(active OR stock > 1) AND (price > 1 OR stock < 5)",
                          "upper(name) = name COLLATE \"C\"",
                          "made AT TIME ZONE 'UTC' > day"};
  for (std::size_t i = 0; i < std::size(checks); ++i)
    table.checks.push_back({.name = "ck_" + std::to_string(i + 10), .expression = checks[i]});
  table.indexes = {{.name = "i1", .parts = {{.expression = "lower(name)"}}, .unique = true},
                   {.name = "i2", .parts = {{.column = "stock", .descending = true}, {.expression = "price * 2"}}},
                   {.name = "i3", .parts = {{.column = "stock"}}, .where = "active AND price > 0"},
                   {.name = "i4", .parts = {{.column = "data"}}, .method = "gin"},
                   {.name = "i5", .parts = {{.column = "name"}, {.column = "body"}}, .fulltext = true},
                   {.name = "i6", .parts = {{.column = "name"}}, .method = "btree"}};
  schema::Schema model;
  run({{.what = schema::CreateTable{table}}}, model);
  expect_described(model, "after");
}

TEST_F(Describe, foreign_things_are_told_apart) {
  connection->execute({"CREATE TYPE mood AS ENUM ('sad', 'it''s ok')"});
  connection->execute(
      {"CREATE TABLE t (id serial PRIMARY KEY, a inet, b mood, c timestamp, d json, e varchar, f numeric)"});
  connection->execute({"CREATE VIEW v AS SELECT 1 AS one"});
  connection->execute({"CREATE TABLE \"With \"\"quotes\"\"\" (a int)"});
  const auto found = connection->describe({.tables = {"t"}});
  ASSERT_EQ(found.tables.size(), 1U);
  const auto& t = found.at("t");
  EXPECT_TRUE(t.find_column("id")->auto_increment);
  EXPECT_EQ(t.find_column("a")->type, (schema::Type{.kind = schema::TypeKind::text, .values = {"inet"}}));
  EXPECT_EQ(t.find_column("b")->type,
            (schema::Type{.kind = schema::TypeKind::enumeration, .values = {"sad", "it's ok"}}));
  EXPECT_EQ(t.find_column("c")->type.values, std::vector<std::string>{"timestamp without time zone"});
  EXPECT_EQ(t.find_column("d")->type.values, std::vector<std::string>{"json"});
  EXPECT_EQ(t.find_column("e")->type, (schema::Type{.kind = schema::TypeKind::text}));
  EXPECT_EQ(t.find_column("f")->type.values, std::vector<std::string>{"numeric"});
  EXPECT_EQ(connection->relations(), (std::vector<std::string>{"With \"quotes\"", "t", "v"}));
}

/// The lines of the table's canonical text, the first one aside.
std::string described(driver::Connection& connection, const std::string& table) {
  auto text = schema::canonical(connection.describe({.tables = {table}}));
  return text.substr(text.find('\n') + 1);
}

TEST_F(Describe, what_the_model_has_no_words_for_is_seen) {
  for (const char* sql :
       {"CREATE SEQUENCE shared", "CREATE TABLE p (id int PRIMARY KEY)",
        "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int DEFAULT nextval('shared'), c text, d int, e int, r "
        "int4range, CONSTRAINT k PRIMARY KEY (a) INCLUDE (b) DEFERRABLE, CONSTRAINT u UNIQUE (d) DEFERRABLE INITIALLY "
        "DEFERRED, CONSTRAINT x EXCLUDE USING gist (r WITH &&))",
        "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (e) REFERENCES p NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT g CHECK (e > 0) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT h CHECK (e > 1) NO INHERIT",
        "CREATE INDEX i1 ON t (c text_pattern_ops, d NULLS FIRST, e DESC) INCLUDE (b)",
        "CREATE INDEX i2 ON t (c COLLATE \"C\")",
        "CREATE INDEX i3 ON t (lower(c) varchar_pattern_ops DESC NULLS LAST)"})
    connection->execute({sql});
  EXPECT_EQ(described(*connection, "t"),
            R"T(  column "a" integer ("GENERATED ALWAYS AS IDENTITY") auto_increment
  column "b" integer nullable default sql "nextval('shared')"
  column "c" text nullable
  column "d" integer nullable
  column "e" integer nullable
  column "r" text ("int4range") nullable
  primary_key ("a", "DEFERRABLE", "INCLUDE (b)")
  unique "u" ("d", "DEFERRABLE INITIALLY DEFERRED")
  foreign_key "f" ("e") references "p" ("id", "NOT VALID")
  check "g" "e > 0 NOT VALID"
  check "h" "e > 1 NO INHERIT"
  check "x" "EXCLUDE USING gist (r WITH &&)"
  index "i1" (sql "c text_pattern_ops", sql "d NULLS FIRST", "e" descending, sql "INCLUDE (b)")
  index "i2" (sql "c COLLATE C")
  index "i3" (sql "lower(c) varchar_pattern_ops NULLS LAST" descending)
)T");
}

TEST_F(Describe, generated_keys_follow_inserted_ones) {
  schema::Schema model;
  auto name = golden::column("name", {schema::TypeKind::text});
  run({{.what = schema::CreateTable{{.name = "My \"t", .columns = {golden::id(), name}, .primary_key = {"id"}}}},
       {.what = schema::InsertRows{"My \"t", {"id", "name"}, {{std::int64_t{41}, std::string("a")}}}},
       {.what = schema::InsertRows{"My \"t", {"name"}, {{std::string("b")}}}},
       {.what = schema::InsertRows{"My \"t", {"id", "name"}, {{std::int64_t{7}, std::string("c")}}}},
       {.what = schema::InsertRows{"My \"t", {"name"}, {{std::string("d")}}}}},
      model);
  EXPECT_EQ(test::ask(*connection, "SELECT array_agg(id::text ORDER BY name) FROM \"My \"\"t\""),
            R"(["41","42","7","43"])");
}

TEST_F(Describe, a_column_that_counts_from_now_on_begins_after_its_highest) {
  schema::Schema model;
  const auto plain = golden::column("id", {schema::TypeKind::bigint});
  run({{.what = schema::CreateTable{{.name = "empty", .columns = {plain}, .primary_key = {"id"}}}},
       {.what = schema::CreateTable{{.name = "full", .columns = {plain}, .primary_key = {"id"}}}},
       {.what = schema::InsertRows{"full", {"id"}, {{std::int64_t{41}}}}},
       {.what = schema::AlterColumn{"empty", golden::id()}},
       {.what = schema::AlterColumn{"full", golden::id()}}},
      model);
  EXPECT_EQ(test::ask(*connection, "INSERT INTO empty DEFAULT VALUES RETURNING id"), "1");
  EXPECT_EQ(test::ask(*connection, "INSERT INTO \"full\" DEFAULT VALUES RETURNING id"), "42");
}

TEST_F(Describe, a_sequence_that_is_ahead_stays_there) {
  schema::Schema model;
  run({{.what = schema::CreateTable{{.name = "t", .columns = {golden::id()}, .primary_key = {"id"}}}}}, model);
  connection->execute({"SELECT setval(pg_get_serial_sequence('t', 'id'), 100)"});
  run({{.what = schema::InsertRows{"t", {"id"}, {{std::int64_t{7}}}}}}, model);
  EXPECT_EQ(test::ask(*connection, "INSERT INTO t DEFAULT VALUES RETURNING id"), "101");
}

TEST_F(Describe, a_table_whose_key_has_another_name_is_renamed) {
  schema::Schema model;
  run({{.what = schema::CreateTable{{.name = "t", .columns = {golden::id()}, .primary_key = {"id"}}}}}, model);
  connection->execute({"ALTER TABLE t RENAME CONSTRAINT pk_t TO t_pkey"});
  run({{.what = schema::RenameTable{"t", "u"}},
       {.what = schema::CreateTable{{.name = "t", .columns = {golden::id()}, .primary_key = {"id"}}}},
       {.what = schema::RenameTable{"t", "v"}}},
      model);
  expect_described(model, "after");
  EXPECT_EQ(test::ask(*connection,
                      "SELECT array_agg(conname::text ORDER BY conname) FROM pg_constraint WHERE "
                      "connamespace = 'public'::regnamespace AND contype = 'p'"),
            R"(["pk_v","t_pkey"])");
}

TEST_F(Describe, a_value_too_long_for_the_new_type_is_refused) {
  using schema::TypeKind;
  for (const auto& [from, value, to] : std::initializer_list<std::tuple<schema::Type, const char*, schema::Type>>{
           {{TypeKind::integer}, "12345", {TypeKind::string, 2}},
           {{TypeKind::integer}, "12345", {TypeKind::character, 2}},
           {{TypeKind::uuid}, "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'", {TypeKind::string, 8}},
           {{TypeKind::text}, "'abc'", {TypeKind::character, 2}},
           {{TypeKind::json}, "'[1, 2]'", {TypeKind::string, 3}},
           {{TypeKind::date}, "'2024-01-15'", {TypeKind::string, 4}},
           {{TypeKind::binary}, "'abc'", {TypeKind::string, 3}},
           {{TypeKind::text_array}, "'{a,b}'", {TypeKind::string, 3}},
           {{TypeKind::boolean}, "true", {TypeKind::string, 3}}}) {
    SCOPED_TRACE(value);
    schema::Schema model;
    connection->execute({"DROP TABLE IF EXISTS t"});
    run({{.what = schema::CreateTable{{.name = "t", .columns = {golden::column("c", from)}}}}}, model);
    connection->execute({"INSERT INTO t VALUES (" + std::string(value) + ")"});
    const auto narrower = to;
    EXPECT_THROW(run({{.what = schema::AlterColumn{"t", golden::column("c", narrower)}}}, model), StatementError);
    run({{.what = schema::AlterColumn{"t", golden::column("c", {TypeKind::string, 80})}}}, model);
  }
}

TEST_F(Describe, a_binary_column_keeps_its_limit) {
  schema::Schema model;
  run({{.what = schema::CreateTable{{.name = "t", .columns = {golden::column("b", {schema::TypeKind::binary, 2})}}}}},
      model);
  EXPECT_THROW(connection->execute({"INSERT INTO t VALUES ($1)", {Bytes{"abc"}}}), StatementError);
  EXPECT_EQ(connection->execute({"INSERT INTO t VALUES ($1)", {Bytes{"ab"}}}), 1);
  expect_described(model, "after");
}

}  // namespace
}  // namespace dbctl::postgresql
