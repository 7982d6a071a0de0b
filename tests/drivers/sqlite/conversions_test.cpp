#include "drivers/sqlite/rebuild.hpp"

namespace dbctl::sqlite::test {
namespace {

using schema::TypeKind;

TEST_F(SqliteRebuild, converts_values) {
  const auto alter = [&](schema::Column to, const std::string& using_expression = {}) {
    shop.apply(operation(schema::AlterColumn{"orders", std::move(to), using_expression}));
    return shop.rows("SELECT total, typeof(total) FROM orders ORDER BY id");
  };
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 30, 4))), "9.5000|text\n0.0000|text\n2.0000|text");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 12, 2))), "9.50|real\n0.00|integer\n2.00|integer");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::string, 20))), "9.50|text\n0.00|text\n2.00|text");
  shop.execute("UPDATE orders SET total = 19.99 WHERE id = 1");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::bigint)), "100 * total"), "1999|integer\n0|integer\n200|integer");
  EXPECT_EQ(alter(nullable(column("total", TypeKind::decimal, 12, 2)), "total / 300.0"),
            "6.66|real\n0.00|integer\n0.67|real");
  EXPECT_EQ(shop->describe(), shop.stored());
}

TEST_F(SqliteRebuild, a_value_that_has_no_meaning_in_the_new_type_undoes_it) {
  try {
    shop.apply(operation(schema::AlterColumn{"orders", column("note", TypeKind::integer)}));
    FAIL() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(),
                 "orders.note holds a value that does not fit integer: say how to convert it with using_expression(…)");
  }
  EXPECT_EQ(shop.rows("SELECT note FROM orders ORDER BY id"), "a\nb\nc");
}

TEST_F(SqliteRebuild, decimals_that_do_not_fit_stop_it_and_are_never_rounded) {
  shop.execute("UPDATE orders SET total = 1234.56 WHERE id = 1");
  const auto alter = [&](std::uint32_t size, std::uint32_t scale) {
    try {
      shop.apply(operation(schema::AlterColumn{"orders", nullable(column("total", TypeKind::decimal, size, scale))}));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return shop.rows("SELECT total FROM orders WHERE id = 1");
  };
  const auto refused = [](const std::string& type) {
    return "orders.total holds a value that does not fit " + type + ": say how to convert it with using_expression(…)";
  };
  EXPECT_EQ(alter(5, 2), refused("decimal<5,2>"));
  EXPECT_EQ(alter(6, 1), refused("decimal<6,1>"));
  EXPECT_EQ(alter(6, 2), "1234.56");
  EXPECT_EQ(alter(20, 1), refused("decimal<20,1>"));
  EXPECT_EQ(alter(20, 4), "1234.5600");
  EXPECT_EQ(alter(20, 1), refused("decimal<20,1>"));
  EXPECT_EQ(alter(30, 2), "1234.56");
  EXPECT_EQ(alter(18, 15), refused("decimal<18,15>"));
  EXPECT_EQ(alter(5, 2), refused("decimal<5,2>"));
  EXPECT_EQ(alter(12, 3), "1234.560");
}

TEST_F(SqliteRebuild, texts_and_whole_numbers_become_decimals) {
  const auto alter = [&](schema::Column to) {
    try {
      shop.apply(operation(schema::AlterColumn{"orders", std::move(to)}));
    } catch (const std::runtime_error&) {
      return std::string("refused");
    }
    return shop.rows("SELECT note, typeof(note) FROM orders WHERE id = 1");
  };
  shop.execute("UPDATE orders SET note = '7'");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 12, 2)), "7.00|integer");
  EXPECT_EQ(alter(column("note", TypeKind::integer)), "7|integer");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 20, 2)), "7.00|text");
  EXPECT_EQ(alter(column("note", TypeKind::text)), "7.00|text");
  shop.execute("UPDATE orders SET note = '7.125'");
  EXPECT_EQ(alter(column("note", TypeKind::decimal, 12, 2)), "refused");
  EXPECT_EQ(alter(column("note", TypeKind::double_)), "7.125|real");
}

TEST_F(SqliteRebuild, times_and_days) {
  shop.apply(operation(schema::CreateTable{
      {.name = "events", .columns = {id(), column("at", TypeKind::timestamp)}, .primary_key = {"id"}}}));
  shop.execute("INSERT INTO events (at) VALUES ('2024-01-15 09:00:00.123456')");
  shop.apply(operation(schema::AlterColumn{"events", column("at", TypeKind::date)}));
  // Both are text: no new table is needed, but the value is another.
  EXPECT_EQ(shop.rows("SELECT at FROM events"), "2024-01-15");
  shop.apply(operation(schema::AlterColumn{"events", column("at", TypeKind::timestamp)}));
  EXPECT_EQ(shop.rows("SELECT at FROM events"), "2024-01-15 00:00:00.000000");
}

TEST_F(SqliteRebuild, a_backfill_rounds_what_it_computes) {
  const auto fill = [&](const std::string& expression) {
    const schema::Backfill backfill{.table = "orders", .assignments = {{"total", expression}}};
    shop->execute(shop.dialect().backfill_batch(backfill, shop.model().at("orders"), {}, {std::int64_t{3}}));
    return shop.rows("SELECT CAST(total AS TEXT) FROM orders WHERE id = 1");
  };
  EXPECT_EQ(fill("0.125"), "0.13");
  EXPECT_EQ(fill("-1.999 * 1"), "-2");
  EXPECT_EQ(fill("NULL"), "NULL");
  EXPECT_EQ(fill("CASE WHEN id > 2 THEN 1 ELSE 7 / 2 END"), "3");
  shop.apply(operation(schema::AlterColumn{"orders", nullable(column("total", TypeKind::decimal, 20, 2))}));
  EXPECT_EQ(fill("7"), "7.00");
  EXPECT_EQ(fill("0.129"), "0.13");
  EXPECT_EQ(fill("NULL"), "NULL");
}

/// A value of one type that the other has, or has not.
struct Converted {
  schema::Column from;
  const char* value;
  schema::Column to;
  const char* expected;  ///< as it is stored then, "refused" when it does not fit
  const char* using_expression = "";
};

TEST(SqliteConversions, values_that_the_new_type_does_not_have_are_refused) {
  const auto c = [](TypeKind kind, std::uint32_t size = 0, std::uint32_t scale = 0) {
    return column("value", kind, size, scale);
  };
  const auto text = c(TypeKind::text);
  for (const auto& [from, value, to, expected, using_expression] : std::initializer_list<Converted>{
           {text, "'abc'", c(TypeKind::date), "refused"},
           {text, "'2024-02-30'", c(TypeKind::date), "refused"},
           {text, "'2024-02-29'", c(TypeKind::date), "2024-02-29"},
           {text, "'09:00:00'", c(TypeKind::time), "09:00:00.000000"},
           {text, "'09:00:00.25'", c(TypeKind::time), "09:00:00.250000"},
           {text, "'25:00:00'", c(TypeKind::time), "refused"},
           {text, "'09:00'", c(TypeKind::time), "refused"},
           {text, "'09:00:00.1234567'", c(TypeKind::time), "refused"},
           {text, "'2024-01-15 09:00:00.5'", c(TypeKind::timestamp), "2024-01-15 09:00:00.500000"},
           {text, "'2024-01-15 09:00:00'", c(TypeKind::timestamp), "2024-01-15 09:00:00.000000"},
           {text, "'2024-01-15'", c(TypeKind::timestamp), "refused"},
           {text, "'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6'", c(TypeKind::uuid), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"},
           {text, "'abc'", c(TypeKind::uuid), "refused"},
           {text, "'g81d4fae-7dec-11d0-a765-00a0c91e6bf6'", c(TypeKind::uuid), "refused"},
           {text, "'abc'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'5'", c(TypeKind::decimal, 20, 2), "5.00"},
           {text, "'-5.1'", c(TypeKind::decimal, 20, 2), "-5.10"},
           {text, "'5.125'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1-5'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1.2.3'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'1234567890123456789.00'", c(TypeKind::decimal, 20, 2), "refused"},
           {text, "'0.5'", c(TypeKind::decimal, 20, 20), "0.50000000000000000000"},
           {text, "'7'", c(TypeKind::decimal, 20, 0), "7"},
           {text, "'7.5'", c(TypeKind::decimal, 20, 0), "refused"},
           {c(TypeKind::integer), "100000", c(TypeKind::smallint), "refused"},
           {c(TypeKind::integer), "-32768", c(TypeKind::smallint), "-32768"},
           {c(TypeKind::bigint), "2147483648", c(TypeKind::integer), "refused"},
           {text, "'100000'", c(TypeKind::smallint), "refused"},
           {c(TypeKind::integer), "7", c(TypeKind::boolean), "refused"},
           {c(TypeKind::integer), "1", c(TypeKind::boolean), "true"},
           {c(TypeKind::boolean), "1", c(TypeKind::integer), "1"},
           {c(TypeKind::integer), "12345", c(TypeKind::string, 2), "refused"},
           {c(TypeKind::uuid), "'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'", c(TypeKind::string, 8), "refused"},
           {text, "'abc'", c(TypeKind::character, 2), "refused"},
           {c(TypeKind::date), "'2024-01-15'", c(TypeKind::timestamp), "2024-01-15 00:00:00.000000"},
           {c(TypeKind::integer), "12", c(TypeKind::decimal, 20, 2), "6.00", "value / 2"},
           {c(TypeKind::integer), "12", c(TypeKind::decimal, 20, 2), "6.13", "value / 2 + 0.129"},
           {c(TypeKind::integer), "12", c(TypeKind::date), "refused", "'abc'"},
           {c(TypeKind::integer), "12", c(TypeKind::smallint), "refused", "value * 10000"},
       }) {
    SCOPED_TRACE(std::string(value) + " to " + schema::to_text(to.type));
    Shop shop;
    shop.apply(operation(schema::CreateTable{{.name = "samples", .columns = {from}, .primary_key = {}}}));
    shop.execute("INSERT INTO samples VALUES (" + std::string(value) + ")");
    std::string found;
    try {
      shop.apply(operation(schema::AlterColumn{"samples", to, using_expression}));
      found = shop.rows("SELECT value FROM samples");
    } catch (const std::exception&) {
      found = "refused";
      EXPECT_EQ(shop.rows("SELECT value = " + std::string(value) + " FROM samples"), "1") << "as it was";
    }
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace dbctl::sqlite::test
