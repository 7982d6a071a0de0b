#include "conformance/fixture.hpp"
#include "dbctl/schema/coerce.hpp"

/// A column takes a new type with its values, or not at all: nothing is cut off, rounded away or made up.
namespace dbctl::conformance {
namespace {

using schema::TypeKind;

struct Conversion {
  std::string name;
  schema::Type from;
  Value value;
  schema::Type to;
  bool fits = false;
};

std::vector<Conversion> conversions() {
  const auto text = type(TypeKind::text), word = type(TypeKind::string, 40);
  const Uuid uuid{"f81d4fae-7dec-11d0-a765-00a0c91e6bf6"};
  return {
      {"number_too_long_for_string", type(TypeKind::integer), std::int64_t{12345}, type(TypeKind::string, 2)},
      {"number_too_long_for_character", type(TypeKind::integer), std::int64_t{12345}, type(TypeKind::character, 2)},
      {"uuid_too_long_for_string", type(TypeKind::uuid), uuid, type(TypeKind::string, 8)},
      {"day_too_long_for_string", type(TypeKind::date), Date{"2024-01-15"}, type(TypeKind::string, 4)},
      {"text_too_long_for_string", text, std::string("abc"), type(TypeKind::string, 2)},
      {"text_too_long_for_character", text, std::string("abc"), type(TypeKind::character, 2)},
      {"number_too_large_for_smallint", type(TypeKind::integer), std::int64_t{100000}, type(TypeKind::smallint)},
      {"number_too_large_for_integer", type(TypeKind::bigint), std::int64_t{1} << 40, type(TypeKind::integer)},
      {"word_that_is_no_day", word, std::string("abc"), type(TypeKind::date)},
      {"word_that_is_no_decimal", word, std::string("abc"), type(TypeKind::decimal, 20, 2)},
      {"number_to_string", type(TypeKind::integer), std::int64_t{12345}, type(TypeKind::string, 5), true},
      {"number_to_bigint", type(TypeKind::integer), std::int64_t{12345}, type(TypeKind::bigint), true},
      {"number_to_smallint", type(TypeKind::integer), std::int64_t{12345}, type(TypeKind::smallint), true},
      {"uuid_to_string", type(TypeKind::uuid), uuid, type(TypeKind::string, 36), true},
      {"word_to_day", word, std::string("2024-01-15"), type(TypeKind::date), true},
      {"word_to_decimal", word, std::string("5"), type(TypeKind::decimal, 20, 2), true},
  };
}

class ConversionsTest : public Test, public testing::WithParamInterface<Conversion> {};

TEST_P(ConversionsTest, keep_the_value_or_are_refused) {
  const auto& [name, from, value, to, fits] = GetParam();
  create({.name = "samples",
          .columns = {column("id", type(TypeKind::integer)), column("value", from)},
          .primary_key = {"id"}});
  if (!stores() || !claims().alter_column) return;
  insert("samples", {"id", "value"}, {{std::int64_t{1}, value}});
  const schema::Operation alter{.what = schema::AlterColumn{"samples", column("value", to)}};
  const auto was = code_of([&] { apply(alter); });
  EXPECT_EQ(was == "nothing", fits) << was;
  const auto found = rows("samples", {"value"});
  ASSERT_EQ(found.size(), 1U);
  const bool as_text = fits && to.kind == TypeKind::string;
  EXPECT_EQ(to_text(found[0][0]), to_text(as_text ? value : schema::coerce(value, fits ? to : from)));
}

INSTANTIATE_TEST_SUITE_P(all, ConversionsTest, testing::ValuesIn(conversions()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace dbctl::conformance
