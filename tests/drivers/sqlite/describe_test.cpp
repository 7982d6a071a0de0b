#include "drivers/sqlite/support.hpp"
#include "plugins/drivers/sqlite/definitions.hpp"
#include "plugins/drivers/sqlite/tokens.hpp"
#include "plugins/drivers/sqlite/types.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::Action;
using schema::Default;
using schema::TypeKind;

schema::Column with(schema::Column c, Value value) {
  c.default_value = {.kind = Default::Kind::value, .value = std::move(value)};
  return c;
}
schema::Column with_now(schema::Column c) {
  c.default_value = {.kind = Default::Kind::now};
  return c;
}
schema::Column enumeration(std::string name, std::vector<std::string> values) {
  return {.name = std::move(name), .type = {.kind = TypeKind::enumeration, .values = std::move(values)}};
}

std::vector<schema::Operation> big_schema() {
  auto code = column("code", TypeKind::string, 20);
  code.collation = "nocase";
  auto total = nullable(column("total", TypeKind::decimal, 14, 2));
  total.generated = {.expression = "price  *  quantity", .stored = true};
  auto twice = nullable(column("twice", TypeKind::integer));
  twice.generated = {.expression = "(quantity * 2)", .stored = false};
  auto token = column("token", TypeKind::text);
  token.default_value = {.kind = Default::Kind::expression, .expression = "lower(hex(randomblob(16)))"};
  auto comment = column("remark", TypeKind::text);
  comment.comment = "said by people";
  return {operation(schema::CreateTable{{.name = "parents",
                                         .columns = {column("a", TypeKind::uuid), column("b", TypeKind::integer), code},
                                         .primary_key = {"b", "a"},
                                         .uniques = {{.name = "uq_parents_code", .columns = {"code"}},
                                                     {.name = "uq_parents_b_code", .columns = {"b", "code"}}}}}),
          operation(schema::CreateTable{
              {.name = "samples",
               .columns = {id(),
                           with(column("flag", TypeKind::boolean), true),
                           with(column("small", TypeKind::smallint), std::int64_t{-3}),
                           column("quantity", TypeKind::integer),
                           with(column("price", TypeKind::decimal, 12, 2), Decimal{"0.50"}),
                           with(column("wide", TypeKind::decimal, 30, 10), Decimal{"1.5"}),
                           with(column("ratio", TypeKind::double_), 0.25),
                           column("half", TypeKind::real),
                           with(column("name", TypeKind::string, 40), std::string("it's \"x\"")),
                           column("country", TypeKind::character, 2),
                           with(column("owner", TypeKind::uuid), Uuid{"00000000-0000-4000-8000-000000000001"}),
                           with(column("raw", TypeKind::binary, 4), Bytes{std::string("\x00\xff", 2)}),
                           nullable(column("blob", TypeKind::binary)),
                           with_now(column("day", TypeKind::date)),
                           with_now(column("hour", TypeKind::time)),
                           with_now(column("at", TypeKind::timestamp)),
                           with(column("since", TypeKind::timestamp), Timestamp{"2024-01-15 09:00:00.000000"}),
                           with(column("data", TypeKind::json), Json{R"({"a":[1,"it's"]})"}),
                           with(column("tags", TypeKind::text_array), TextArray{{"a", "it's"}}),
                           with(enumeration("status", {"draft", "it's", "a,b"}), std::string("draft")),
                           nullable(with(column("nothing", TypeKind::integer), Null{})),
                           nullable(column("parent_a", TypeKind::uuid)),
                           nullable(column("parent_b", TypeKind::integer)),
                           nullable(column("previous_id", TypeKind::bigint)),
                           total,
                           twice,
                           token,
                           comment},
               .primary_key = {"id"},
               .uniques = {{.name = "uq_samples_name", .columns = {"name", "country"}}},
               .foreign_keys = {{.name = "fk_samples_parent",
                                 .columns = {"parent_b", "parent_a"},
                                 .references = "parents",
                                 .references_columns = {"b", "a"},
                                 .on_delete = Action::set_null,
                                 .on_update = Action::cascade},
                                {.name = "fk_samples_previous_id",
                                 .columns = {"previous_id"},
                                 .references = "samples",
                                 .references_columns = {"id"},
                                 .on_delete = Action::restricted}},
               .checks = {{.name = "ck_samples_price", .expression = "price >= 0 -- never less\n"},
                          {.name = "ck_samples_name", .expression = "name NOT IN ('(', ')') AND \"name\" <> ','"}},
               .indexes = {
                   {.name = "idx_samples_day", .parts = {{.column = "day", .descending = true}, {.column = "name"}}},
                   {.name = "idx_samples_lower",
                    .parts = {{.expression = "lower(name)"}},
                    .unique = true,
                    .where = "price > 0"}}}})};
}

TEST(SqliteDescribe, equals_the_model_as_it_is_stored) {
  Shop shop;
  for (const auto& op : big_schema()) shop.apply(op);
  const auto described = shop->describe(), stored = shop.stored();
  EXPECT_EQ(schema::canonical(described), schema::canonical(stored));
  EXPECT_EQ(described, stored);
}

TEST(SqliteDescribe, storing_what_is_stored_changes_nothing) {
  Shop shop;
  for (const auto& op : big_schema()) shop.apply(op);
  const auto described = shop->describe();
  for (const auto& [name, table] : described.tables) EXPECT_EQ(shop.dialect().storage(table), table) << name;
}

TEST(SqliteDescribe, only_the_tables_in_scope) {
  Shop shop;
  for (const auto& op : big_schema()) shop.apply(op);
  const auto found = shop->describe({.tables = {"parents", "missing"}});
  ASSERT_EQ(found.tables.size(), 1U);
  EXPECT_EQ(found.at("parents"), shop.stored().at("parents"));
}

/// Every operation and its inverse: the description agrees with the model after each, and is as before at the end.
TEST(SqliteDescribe, every_operation_and_back) {
  Shop shop;
  for (const auto& op : big_schema()) shop.apply(op);
  auto extra = column("extra", TypeKind::string, 10);
  extra.default_value = {.kind = Default::Kind::value, .value = std::string("x")};
  auto longer = column("country", TypeKind::string, 60);
  const schema::ForeignKey reference{.name = "fk_samples_owner2",
                                     .columns = {"owner2"},
                                     .references = "samples",
                                     .references_columns = {"id"},
                                     .on_delete = Action::cascade};
  const std::vector<schema::Operation> operations{
      operation(schema::AddColumn{"samples", extra}),
      operation(schema::AddColumn{"samples", nullable(column("tags2", TypeKind::text_array))}),
      operation(schema::AddColumn{.table = "samples",
                                  .column = nullable(column("owner2", TypeKind::bigint)),
                                  .checks = {{.name = "ck_samples_owner2", .expression = "owner2 > 0"}},
                                  .foreign_keys = {reference}}),
      operation(schema::AddColumn{.table = "samples",
                                  .column = nullable(column("sku", TypeKind::string, 64)),
                                  .uniques = {{.name = "uq_samples_sku", .columns = {"sku"}}}}),
      operation(schema::AddColumn{"samples", with_now(column("updated_at", TypeKind::timestamp))}),
      operation(schema::AlterColumn{"samples", longer}),
      operation(schema::AlterColumn{"samples", enumeration("status", {"draft", "done"})}),
      operation(schema::AlterColumn{"samples", nullable(column("quantity", TypeKind::bigint))}),
      operation(schema::RenameColumn{"samples", "name", "title"}),
      operation(schema::RenameColumn{"samples", "status", "state"}),
      operation(schema::RenameColumn{"parents", "b", "order"}),
      operation(schema::RenameTable{"samples", "items"}),
      operation(schema::RenameTable{"parents", "group"}),
      operation(schema::DropColumn{"items", "data"}),
      operation(schema::DropColumn{"items", "day"}),
      operation(schema::DropColumn{"items", "country"}),
      operation(schema::DropColumn{"items", "parent_a"}),
      operation(schema::AddCheck{"items", {.name = "ck_items_small", .expression = "small < 10"}}),
      operation(schema::DropCheck{"items", "ck_samples_price"}),
      operation(schema::AddUnique{"items", {.name = "uq_items_owner", .columns = {"owner"}}}),
      operation(schema::DropUnique{"group", "uq_parents_code"}),
      operation(schema::AddForeignKey{
          "items",
          {.name = "fk_items_self", .columns = {"owner2"}, .references = "items", .references_columns = {"id"}}}),
      operation(schema::DropForeignKey{"items", "fk_samples_previous_id"}),
      operation(schema::CreateIndex{"items", {.name = "idx_items_half", .parts = {{.column = "half"}}}}),
      operation(schema::DropIndex{"items", "idx_samples_lower"}),
      operation(schema::DropTable{"items"}),
  };
  std::vector<schema::Schema> models;
  for (const auto& op : operations) {
    models.push_back(shop.model());
    ASSERT_NO_THROW(shop.apply(op)) << schema::summary(op);
    ASSERT_EQ(schema::canonical(shop->describe()), schema::canonical(shop.stored())) << schema::summary(op);
    ASSERT_EQ(shop->describe(), shop.stored()) << schema::summary(op);
  }
  for (std::size_t i = operations.size(); i-- > 0;) {
    shop.undo(operations[i], models[i]);
    ASSERT_EQ(schema::canonical(shop.model()), schema::canonical(models[i])) << schema::summary(operations[i]);
    ASSERT_EQ(schema::canonical(shop->describe()), schema::canonical(shop.stored())) << schema::summary(operations[i]);
  }
}

TEST(SqliteDescribe, a_table_made_by_others) {
  Shop shop;
  shop.execute("CREATE TABLE owners (id INTEGER PRIMARY KEY, \"full name\" VARCHAR(30) NOT NULL)");
  shop.execute(
      "create table if not exists main.[odd table] ( -- a comment, with (parentheses)\n"
      "  [id] integer constraint pk primary key on conflict abort autoincrement not null,\n"
      "  `owner` INT not null default -1 references owners on delete cascade on update no action deferrable initially "
      "deferred,\n"
      "  price DECIMAL(10,2) default +1.5 check (price > 0), at DATETIME default CURRENT_TIMESTAMP,\n"
      "  code CHAR(3) collate nocase unique, kind /* ) */ nvarchar(10) default 'x)' constraint known check (kind in "
      "('a', 'b')), any, flag bool default true, n INT default null, size FLOAT, doc JSON,\n"
      "  constraint both unique (owner, code) on conflict ignore, check (owner <> 0),\n"
      "  foreign key (owner, n) references owners (id, id) match full on delete set default)");
  shop.execute(
      "CREATE UNIQUE INDEX \"an index\" ON \"odd table\" (code COLLATE BINARY, lower(kind) DESC, n ASC) WHERE n "
      "IS NOT NULL");
  const auto found = shop->describe();
  const auto& table = found.at("odd table");
  EXPECT_EQ(schema::canonical(found), shop.rows("SELECT ?", {schema::canonical(found)}));
  EXPECT_EQ(table.primary_key, (std::vector<std::string>{"id"}));
  std::vector<std::string> columns;
  for (const auto& c : table.columns)
    columns.push_back(c.name + " " + schema::to_text(c.type) + (c.nullable ? "" : " not null") +
                      (c.auto_increment ? " counts" : "") + (c.collation.empty() ? "" : " " + c.collation));
  EXPECT_EQ(text::join(columns, "\n"),
            "id bigint not null counts\nowner bigint not null\nprice decimal<10,2>\nat timestamp\n"
            "code character(3) NOCASE\nkind string(10)\nany binary\nflag boolean\nn bigint\nsize double\ndoc json");
  EXPECT_EQ(table.find_column("owner")->default_value,
            (Default{.kind = Default::Kind::value, .value = std::int64_t{-1}}));
  EXPECT_EQ(table.find_column("price")->default_value,
            (Default{.kind = Default::Kind::value, .value = Decimal{"1.50"}}));
  EXPECT_EQ(table.find_column("at")->default_value.kind, Default::Kind::now);
  EXPECT_EQ(table.find_column("flag")->default_value, (Default{.kind = Default::Kind::value, .value = true}));
  EXPECT_EQ(table.find_column("n")->default_value, Default{});
  EXPECT_EQ(table.checks, (std::vector<schema::Check>{{.name = "", .expression = "price > 0"},
                                                      {.name = "", .expression = "owner <> 0"},
                                                      {.name = "known", .expression = "kind in ('a', 'b')"}}));
  EXPECT_EQ(table.uniques, (std::vector<schema::Unique>{{.name = "both", .columns = {"owner", "code"}},
                                                        {.name = "uq_odd table_code", .columns = {"code"}}}));
  EXPECT_EQ(table.foreign_keys, (std::vector<schema::ForeignKey>{{.name = "fk_odd table_owner",
                                                                  .columns = {"owner"},
                                                                  .references = "owners",
                                                                  .references_columns = {"id"},
                                                                  .on_delete = Action::cascade},
                                                                 {.name = "fk_odd table_owner_n",
                                                                  .columns = {"owner", "n"},
                                                                  .references = "owners",
                                                                  .references_columns = {"id", "id"},
                                                                  .on_delete = Action::set_default}}));
  EXPECT_EQ(table.indexes, (std::vector<schema::Index>{{.name = "an index",
                                                        .parts = {{.expression = "code COLLATE BINARY"},
                                                                  {.expression = "lower(kind)", .descending = true},
                                                                  {.column = "n"}},
                                                        .unique = true,
                                                        .where = "n IS NOT NULL"}}));
}

TEST(SqliteDescribe, leaves_out_what_is_no_table_of_the_users) {
  Shop shop;
  shop.execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)");
  shop.execute("CREATE VIEW v AS SELECT * FROM t");
  shop.execute("ANALYZE");
  EXPECT_EQ(shop->describe().tables.size(), 1U);
  EXPECT_EQ(shop->relations(), (std::vector<std::string>{"t", "v"}));
}

TEST(SqliteDescribe, what_the_model_has_no_words_for_is_a_comment) {
  Shop shop;
  shop.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
  shop.execute(
      "CREATE TABLE t (a TEXT NOT NULL ON CONFLICT IGNORE, b INTEGER REFERENCES p (id) ON DELETE CASCADE DEFERRABLE "
      "INITIALLY DEFERRED, c TEXT UNIQUE ON CONFLICT REPLACE, UNIQUE (a COLLATE NOCASE, c) ON CONFLICT ABORT, "
      "FOREIGN KEY (b) REFERENCES p (id) NOT DEFERRABLE INITIALLY IMMEDIATE)");
  EXPECT_EQ(shop->describe().at("t").comment,
            "ON CONFLICT IGNORE; p DEFERRABLE; p INITIALLY DEFERRED; ON CONFLICT REPLACE; a COLLATE NOCASE");
  EXPECT_EQ(shop->describe().at("p").comment, "");
}

TEST(SqliteTokens, expressions_in_one_spelling) {
  EXPECT_EQ(canonical_expression("  ( ( a  >=\n 0 ) ) "), "a >= 0");
  EXPECT_EQ(canonical_expression("(a) + (b)"), "(a) + (b)");
  EXPECT_EQ(canonical_expression("\"a\" > 1 /* why */ AND [b]<'x  y' -- end"), "a > 1 AND b<'x  y'");
  EXPECT_EQ(canonical_expression("\"order\" = \"a b\" || \"it\"\"s\""), "\"order\" = \"a b\" || \"it\"\"s\"");
  EXPECT_EQ(canonical_expression(""), "");
  EXPECT_EQ(canonical_expression("()"), "");
  EXPECT_EQ(canonical_expression("1.5e-3 + .5"), "1.5e-3 + .5");
}

TEST(SqliteTokens, no_text_is_too_odd) {
  for (const auto* sql :
       {"'", "\"", "[", "x'", "/*", "--", "1e+", "CREATE TABLE", "CREATE TABLE t (", "CREATE TABLE t (a CHECK (",
        "CREATE TABLE t (CONSTRAINT", "CREATE TABLE t (a REFERENCES", "CREATE TABLE t (a DEFAULT",
        "CREATE TABLE t (PRIMARY KEY", "CREATE TABLE t (a REFERENCES b ON", "CREATE TABLE t (UNIQUE ("}) {
    tokens(sql);
    table_definition(sql);
    index_definition(sql);
    canonical_expression(sql);
  }
}

TEST(SqliteTypes, by_name_and_by_affinity) {
  const auto type = [](const char* declared) { return schema::to_text(described_type(declared)); };
  EXPECT_EQ(type("NUMERIC(12, 2)"), "decimal<12,2>");
  EXPECT_EQ(type("decimal(5)"), "decimal<5,0>");
  EXPECT_EQ(type("unsigned big int"), "bigint");
  EXPECT_EQ(type("CHARACTER VARYING(7)"), "string(7)");
  EXPECT_EQ(type("native character"), "text");
  EXPECT_EQ(type(""), "binary");
  EXPECT_EQ(type("DOUBLE PRECISION"), "double");
  EXPECT_EQ(type("timestamp"), "timestamp");
}

}  // namespace
}  // namespace dbctl::sqlite::test
