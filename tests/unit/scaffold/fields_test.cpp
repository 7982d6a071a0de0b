#include "dbctl/scaffold/fields.hpp"

#include <gmock/gmock.h>

#include "dbctl/base/error.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Default;
using schema::TypeKind;
using ::testing::HasSubstr;

std::string refusal(const std::string& fields) {
  try {
    parse_fields(fields);
  } catch (const Error& error) {
    const auto& d = error.details();
    std::string text = std::string(error.code().id) + ": " + d.summary + " | " + d.where + " | " + d.why;
    for (const auto& next : d.next) text += " | " + next;
    return text;
  }
  return "accepted";
}

TEST(Fields, areNamesAndTypes) {
  const auto fields = parse_fields("name:string,price:decimal,category_id:uuid,stock:int,notes:text");
  ASSERT_EQ(fields.size(), 5u);
  EXPECT_EQ(fields[0].column.type, (schema::Type{TypeKind::string, 255}));
  EXPECT_EQ(fields[1].column.type, (schema::Type{TypeKind::decimal, 12, 2}));
  EXPECT_EQ(fields[2].column.name, "category_id");
  EXPECT_EQ(fields[3].column.type, (schema::Type{TypeKind::integer}));
  EXPECT_FALSE(fields[4].column.nullable);
}

TEST(Fields, takeArgumentsAndModifiers) {
  const auto fields = parse_fields(
      "code:string(12)|unique , rate:decimal(5, 3)|default=1.5, kind:enum(new,'sent off')|default='sent off', "
      "at:timestamp|default=now|nullable, owner:uuid|fk:users, flag:bool|default=true|index");
  ASSERT_EQ(fields.size(), 6u);
  EXPECT_EQ(fields[0].column.type.size, 12u);
  EXPECT_TRUE(fields[0].unique);
  EXPECT_EQ(fields[1].column.default_value.value, Value(Decimal{"1.500"}));
  EXPECT_EQ(fields[2].column.type.values, (std::vector<std::string>{"new", "sent off"}));
  EXPECT_EQ(fields[2].column.default_value.value, Value(std::string("sent off")));
  EXPECT_EQ(fields[3].column.default_value.kind, Default::Kind::now);
  EXPECT_TRUE(fields[3].column.nullable);
  EXPECT_EQ(fields[4].references, "users");
  EXPECT_EQ(fields[5].column.default_value.value, Value(true));
  EXPECT_TRUE(fields[5].index);
}

TEST(Fields, aValueInQuotesHoldsCommasAndBars) {
  const auto fields = parse_fields("a:string|default='x,|y',b:text");
  ASSERT_EQ(fields.size(), 2u);
  EXPECT_EQ(fields[0].column.default_value.value, Value(std::string("x,|y")));
}

TEST(Fields, whatCannotBeReadIsRefusedWithItsPlace) {
  EXPECT_EQ(
      refusal("name:strin"),
      "DBCTL-MAK-001: there is no type \"strin\" | --fields, character 6: \"strin\" |  | did you mean \"string\"? | "
      "known: boolean, smallint, integer, bigint, decimal, real, double, string, text, character, uuid, binary, "
      "date, time, timestamp, json, text_array, enumeration, bool, int, double_, float, numeric, varchar, char, "
      "datetime, jsonb, enum, blob");
  EXPECT_THAT(refusal("name"), HasSubstr("\"name\" has no type"));
  EXPECT_THAT(refusal("name:"), HasSubstr("a type is missing behind the colon"));
  EXPECT_THAT(refusal(""), HasSubstr("a field is empty"));
  EXPECT_THAT(refusal("a:int,,b:int"), HasSubstr("a field is empty"));
  EXPECT_THAT(refusal("a:int,a:text"), HasSubstr("the field \"a\" is there twice"));
  EXPECT_THAT(refusal("a:decimal(2,12)"), HasSubstr("the digits after the point must be 0 to 2, not \"12\""));
  EXPECT_THAT(refusal("a:decimal(70)"), HasSubstr("the digits of a decimal must be 1 to 65"));
  EXPECT_THAT(refusal("a:string(0)"), HasSubstr("the length of a string must be 1 to"));
  EXPECT_THAT(refusal("a:char"), HasSubstr("char takes a length"));
  EXPECT_THAT(refusal("a:uuid(3)"), HasSubstr("uuid takes nothing in brackets"));
  EXPECT_THAT(refusal("a:enum(x,x)"), HasSubstr("the enum has \"x\" twice"));
  EXPECT_THAT(refusal("a:int|uniqe"), HasSubstr("did you mean \"unique\"?"));
  EXPECT_THAT(refusal("a:int|unique|unique"), HasSubstr("\"unique\" is there twice"));
  EXPECT_THAT(refusal("a:int|default=x"), HasSubstr("the default does not fit the field's type, integer"));
  EXPECT_THAT(refusal("a:string(2)|default=abc"), HasSubstr("the default does not fit"));
  EXPECT_THAT(refusal("a:text|unique"), HasSubstr("a text cannot be unique or have an index on every database"));
  EXPECT_THAT(refusal("a:string(769)|index"), HasSubstr("a string(769) cannot be unique"));
  EXPECT_THAT(refusal("a:binary|index"), HasSubstr("a binary cannot be unique"));
  EXPECT_THAT(refusal("a:int|unique|index"), HasSubstr("take |index out"));
  EXPECT_THAT(refusal("a:int(3"), HasSubstr("a bracket is not closed"));
  EXPECT_THAT(refusal("a:int)"), HasSubstr("a bracket is closed that was not opened"));
  EXPECT_THAT(refusal("a:string|default='x"), HasSubstr("a quote (') is not closed"));
}

TEST(Fields, namesAreWhatMigrationsTakeAndNoReservedWords) {
  EXPECT_THAT(refusal("Name:string"), HasSubstr("did you mean \"name\"?"));
  EXPECT_THAT(refusal("first name:string"), HasSubstr("did you mean \"first_name\"?"));
  EXPECT_THAT(refusal("1st:string"), HasSubstr("\"1st\" is no name for a field"));
  EXPECT_THAT(refusal(std::string(64, 'a') + ":int"), HasSubstr("DBCTL-MAK-002"));
  EXPECT_THAT(refusal("order:int"), HasSubstr("\"order\" is a reserved word of SQL"));
  EXPECT_THAT(refusal("class:string"), HasSubstr("\"class\" is a word that C++ or a model keeps for itself"));
  EXPECT_THAT(refusal("a:int|fk:"), HasSubstr("fk: needs the name of a table"));
}

}  // namespace
}  // namespace dbctl::scaffold
