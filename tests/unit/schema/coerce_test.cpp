#include "dbctl/schema/coerce.hpp"

#include <limits>
#include <stdexcept>

#include <gtest/gtest.h>

namespace dbctl::schema {
namespace {

using namespace std::string_literals;

constexpr std::int64_t operator""_i(unsigned long long n) {
  return static_cast<std::int64_t>(n);
}

Type sized(TypeKind kind, std::uint32_t size, std::uint32_t scale = 0) {
  return {.kind = kind, .size = size, .scale = scale};
}
const Type money = sized(TypeKind::decimal, 12, 2);

/// A value that may be moved from comes to the same as one that is kept.
Value coerced(const Value& value, const Type& type) {
  auto kept = coerce(value, type);
  EXPECT_EQ(coerce(Value(value), type), kept);
  return kept;
}
std::string refusal(const Value& value, const Type& type) {
  try {
    return "accepted as " + dbctl::to_text(coerced(value, type));
  } catch (const std::invalid_argument& e) {
    EXPECT_THROW(coerce(Value(value), type), std::invalid_argument);
    return e.what();
  }
}
std::string refusal(const Value& value, TypeKind kind) {
  return refusal(value, Type{.kind = kind});
}
Value made(const Value& value, TypeKind kind) {
  return coerced(value, {.kind = kind});
}
std::string decimal_of(const Value& value, const Type& type = money) {
  return std::get<Decimal>(coerced(value, type)).text;
}

TEST(Coerce, nullStaysNull) {
  for (int k = 0; k <= static_cast<int>(TypeKind::enumeration); ++k)
    EXPECT_EQ(made(Null{}, static_cast<TypeKind>(k)), Value(Null{}));
}

TEST(Coerce, booleans) {
  for (const Value& yes : {Value(true), Value(1_i), Value("true"s), Value("T"s), Value("1"s)})
    EXPECT_EQ(made(yes, TypeKind::boolean), Value(true));
  for (const Value& no : {Value(false), Value(0_i), Value("FALSE"s), Value("f"s), Value("0"s)})
    EXPECT_EQ(made(no, TypeKind::boolean), Value(false));
  EXPECT_EQ(refusal(2_i, TypeKind::boolean), "'2' is not a boolean");
  EXPECT_EQ(refusal("yes"s, TypeKind::boolean), "'yes' is not a boolean");
}

TEST(Coerce, wholeNumbersWithinTheirBits) {
  EXPECT_EQ(made("32767"s, TypeKind::smallint), Value(32767_i));
  EXPECT_EQ(made(-32768.0, TypeKind::smallint), Value(-32768_i));
  EXPECT_EQ(made(Decimal{"2147483647.00"}, TypeKind::integer), Value(2147483647_i));
  EXPECT_EQ(made("-9223372036854775808"s, TypeKind::bigint), Value(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(refusal(32768_i, TypeKind::smallint), "'32768' is not a smallint: it holds -32768 to 32767");
  EXPECT_EQ(refusal(-32769_i, TypeKind::smallint), "'-32769' is not a smallint: it holds -32768 to 32767");
  EXPECT_EQ(refusal(2147483648_i, TypeKind::integer),
            "'2147483648' is not an integer: it holds -2147483648 to 2147483647");
  EXPECT_EQ(refusal("9223372036854775808"s, TypeKind::bigint), "'9223372036854775808' is not a bigint");
  EXPECT_EQ(refusal(1.5, TypeKind::integer), "'1.5' is not an integer");
  EXPECT_EQ(refusal(true, TypeKind::integer), "'true' is not an integer");
}

TEST(Coerce, decimalsAreExact) {
  EXPECT_EQ(decimal_of("999"s), "999.00");
  EXPECT_EQ(decimal_of(Decimal{"0999.9"}), "999.90");
  EXPECT_EQ(decimal_of(999_i), "999.00");
  EXPECT_EQ(decimal_of("-0.00"s), "0.00");
  EXPECT_EQ(decimal_of("+1.50"s), "1.50");
  EXPECT_EQ(decimal_of(" 1.5000 "s), "1.50");
  EXPECT_EQ(decimal_of("-.5"s.insert(1, "0")), "-0.50");
  EXPECT_EQ(decimal_of("1.2e3"s), "1200.00");
  EXPECT_EQ(decimal_of("125E-2"s), "1.25");
  EXPECT_EQ(decimal_of("9999999999.99"s), "9999999999.99");
  EXPECT_EQ(decimal_of(Json{"9.90"}), "9.90");
  const auto wide = sized(TypeKind::decimal, 30, 10);
  EXPECT_EQ(decimal_of("12345678901234567890.0123456789"s, wide), "12345678901234567890.0123456789");
  EXPECT_EQ(decimal_of("7.000"s, sized(TypeKind::decimal, 5, 0)), "7");
  EXPECT_EQ(decimal_of("0.05"s, sized(TypeKind::decimal, 2, 2)), "0.05");
}

TEST(Coerce, decimalsFromBinaryNumbersAreWhatTheyWereMadeFrom) {
  EXPECT_EQ(decimal_of(999.0), "999.00");
  EXPECT_EQ(decimal_of(19.99), "19.99");
  EXPECT_EQ(decimal_of(0.1 + 0.2), "0.30");
  EXPECT_EQ(decimal_of(-0.1 - 0.2), "-0.30");
  EXPECT_EQ(decimal_of(1.1 * 1.1 * 100), "121.00");
  EXPECT_EQ(decimal_of(0.99999999999999999), "1.00");
  EXPECT_EQ(decimal_of(1e6), "1000000.00");
  EXPECT_EQ(decimal_of(-0.0), "0.00");
  EXPECT_EQ(decimal_of(1234567890.12), "1234567890.12");
}

TEST(Coerce, decimalsNeverLoseDigits) {
  EXPECT_EQ(refusal("9.999"s, money), "'9.999' is not a decimal<12,2>: it has 3 digits after the point");
  EXPECT_EQ(refusal(9.999, money), "'9.999' is not a decimal<12,2>: it has 3 digits after the point");
  EXPECT_EQ(refusal(0.005, money), "'0.005' is not a decimal<12,2>: it has 3 digits after the point");
  EXPECT_EQ(refusal(1e-300, money), "'1e-300' is not a decimal<12,2>: it has 300 digits after the point");
  EXPECT_EQ(refusal("10000000000"s, money), "'10000000000' is not a decimal<12,2>: it has 11 digits before the point");
  EXPECT_EQ(refusal("1e9999"s, money), "'1e9999' is not a decimal<12,2>: it has 10000 digits before the point");
  EXPECT_EQ(refusal("1.0"s, sized(TypeKind::decimal, 2, 2)),
            "'1.0' is not a decimal<2,2>: it has 1 digit before the point");
  EXPECT_EQ(refusal(std::numeric_limits<double>::infinity(), money), "'inf' is not a decimal<12,2>: it is not finite");
}

TEST(Coerce, decimalsRefuseOtherText) {
  for (const auto* text :
       {"abc", "", "1.", ".5", "1,5", "--1", "1e", "1e+-5", "1e99999", "0x10", "1.5 EUR", "-", "1 2"})
    EXPECT_EQ(refusal(std::string(text), money), "'" + std::string(text) + "' is not a decimal<12,2>");
  EXPECT_EQ(refusal(true, money), "'true' is not a decimal<12,2>");
}

TEST(Coerce, binaryNumbers) {
  EXPECT_EQ(made(1_i, TypeKind::double_), Value(1.0));
  EXPECT_EQ(made("0.1"s, TypeKind::double_), Value(0.1));
  EXPECT_EQ(made(Decimal{"2.50"}, TypeKind::double_), Value(2.5));
  EXPECT_EQ(made(0.1, TypeKind::real), Value(static_cast<double>(0.1F)));
  EXPECT_EQ(dbctl::to_text(made(-0.0, TypeKind::double_)), "0");
  EXPECT_EQ(refusal(1e39, TypeKind::real), "'1e+39' is not a real: it is too large");
  EXPECT_EQ(refusal("nan"s, TypeKind::double_), "'nan' is not a double: it is not finite");
  EXPECT_EQ(refusal("1.5x"s, TypeKind::double_), "'1.5x' is not a double");
  EXPECT_EQ(refusal(false, TypeKind::real), "'false' is not a real");
}

TEST(Coerce, textsAreCountedInCharacters) {
  EXPECT_EQ(coerce("äöü\U0001F600"s, sized(TypeKind::string, 4)), Value("äöü\U0001F600"s));
  EXPECT_EQ(refusal("äöü\U0001F600!"s, sized(TypeKind::string, 4)),
            "'äöü\U0001F600!' is not a string(4): it has 5 characters");
  EXPECT_EQ(refusal("a\xff"s, TypeKind::text), "'a\xff' is not a text: byte 2 is not UTF-8");
  EXPECT_EQ(refusal("\xc3"s, TypeKind::text), "'\xc3' is not a text: byte 1 is not UTF-8");
  EXPECT_EQ(refusal("\xc0\x80"s, TypeKind::text), "'\xc0\x80' is not a text: byte 1 is not UTF-8");
  EXPECT_EQ(refusal(5_i, TypeKind::text), "'5' is not a text");
  EXPECT_EQ(refusal(std::string(100, 'x'), sized(TypeKind::string, 10)),
            "'" + std::string(57, 'x') + "...' is not a string(10): it has 100 characters");
}

TEST(Coerce, charactersLoseTheirPadding) {
  const auto country = sized(TypeKind::character, 2);
  EXPECT_EQ(coerce("DE"s, country), Value("DE"s));
  EXPECT_EQ(coerce("D   "s, country), Value("D"s));
  EXPECT_EQ(coerce("  "s, country), Value(""s));
  EXPECT_EQ(refusal("DEU"s, country), "'DEU' is not a character(2): it has 3 characters");
}

TEST(Coerce, uuids) {
  const Uuid id{"2ed6657d-e927-568b-95e1-2665a8aea6a2"};
  EXPECT_EQ(made("2ED6657D-E927-568B-95E1-2665A8AEA6A2"s, TypeKind::uuid), Value(id));
  EXPECT_EQ(made(Uuid{"2ED6657D-E927-568B-95E1-2665A8AEA6A2"}, TypeKind::uuid), Value(id));
  EXPECT_EQ(made(Bytes{"\x2e\xd6\x65\x7d\xe9\x27\x56\x8b\x95\xe1\x26\x65\xa8\xae\xa6\xa2"}, TypeKind::uuid), Value(id));
  EXPECT_EQ(refusal("2ed6657d"s, TypeKind::uuid), "'2ed6657d' is not a uuid");
  EXPECT_EQ(refusal(Bytes{"ab"}, TypeKind::uuid), "'6162' is not a uuid");
}

TEST(Coerce, binary) {
  EXPECT_EQ(made("ab"s, TypeKind::binary), Value(Bytes{"ab"}));
  EXPECT_EQ(coerce(Bytes{"\xff"}, sized(TypeKind::binary, 1)), Value(Bytes{"\xff"}));
  EXPECT_EQ(refusal(Bytes{"ab"}, sized(TypeKind::binary, 1)), "'6162' is not a binary(1): it has 2 bytes");
  EXPECT_EQ(refusal(1_i, TypeKind::binary), "'1' is not a binary");
}

TEST(Coerce, dates) {
  EXPECT_EQ(made("2024-02-29"s, TypeKind::date), Value(Date{"2024-02-29"}));
  EXPECT_EQ(made(Date{"0001-01-01"}, TypeKind::date), Value(Date{"0001-01-01"}));
  for (const auto* text : {"2023-02-29", "2024-13-01", "2024-1-1", "0000-01-01", "2024-01-15x", "15.01.2024", ""})
    EXPECT_EQ(refusal(std::string(text), TypeKind::date), "'" + std::string(text) + "' is not a date");
}

TEST(Coerce, times) {
  EXPECT_EQ(made("09:00"s, TypeKind::time), Value(Time{"09:00:00.000000"}));
  EXPECT_EQ(made("23:59:59.5"s, TypeKind::time), Value(Time{"23:59:59.500000"}));
  EXPECT_EQ(made(Time{"00:00:00.000001"}, TypeKind::time), Value(Time{"00:00:00.000001"}));
  EXPECT_EQ(made("09:00:00.12345600"s, TypeKind::time), Value(Time{"09:00:00.123456"}));
  for (const auto* text : {"24:00:00", "09:60", "09:00:60", "9:00", "09:00:00.", "09:00:00.1234567", "09:00Z", "-1:00"})
    EXPECT_EQ(refusal(std::string(text), TypeKind::time), "'" + std::string(text) + "' is not a time");
}

TEST(Coerce, timestampsInUtc) {
  const auto at = [](const char* text) { return dbctl::to_text(made(std::string(text), TypeKind::timestamp)); };
  EXPECT_EQ(at("2024-01-15 09:00:00"), "2024-01-15 09:00:00.000000");
  EXPECT_EQ(at("2024-01-15T09:00"), "2024-01-15 09:00:00.000000");
  EXPECT_EQ(at("2024-01-15t09:00:00.5z"), "2024-01-15 09:00:00.500000");
  EXPECT_EQ(at("2024-01-15T09:00:00.123456Z"), "2024-01-15 09:00:00.123456");
  EXPECT_EQ(at("2024-01-15T00:30:00+02:00"), "2024-01-14 22:30:00.000000");
  EXPECT_EQ(at("2024-12-31 23:30:00-05:30"), "2025-01-01 05:00:00.000000");
  EXPECT_EQ(at("2024-01-15 09:00:00+00"), "2024-01-15 09:00:00.000000");
  EXPECT_EQ(at("2024-01-15 09:00:00 +0100"), "2024-01-15 08:00:00.000000");
  EXPECT_EQ(at("2024-01-15"), "2024-01-15 00:00:00.000000");
  EXPECT_EQ(made(Date{"2024-01-15"}, TypeKind::timestamp), Value(Timestamp{"2024-01-15 00:00:00.000000"}));
}

TEST(Coerce, refusesOtherTimestamps) {
  for (const auto* text : {"2024-01-15T", "2024-01-15 25:00", "2024-02-30 09:00", "2024-01-15 09:00:00+", "now",
                           "2024-01-15 09:00:00+16:00", "2024-01-15 09:00:00+05:", "2024-01-15 09:00:00.1234567",
                           "2024-01-15 09:00:00 CET", "2024-01-15x09:00", "1705309200"})
    EXPECT_EQ(refusal(std::string(text), TypeKind::timestamp), "'" + std::string(text) + "' is not a timestamp");
  EXPECT_EQ(refusal("0001-01-01 00:00:00+01:00"s, TypeKind::timestamp),
            "'0001-01-01 00:00:00+01:00' is not a timestamp: in UTC it is not in the years 1 to 9999");
  EXPECT_EQ(refusal(1705309200_i, TypeKind::timestamp), "'1705309200' is not a timestamp");
}

std::string json_of(const char* text) {
  return std::get<Json>(made(std::string(text), TypeKind::json)).text;
}

TEST(Coerce, jsonHasSortedKeysAndNoWhiteSpace) {
  EXPECT_EQ(json_of(R"( { "b" : [ 1 , true , null ] , "a" : { "z" : "x" , "y" : {} } } )"),
            R"({"a":{"y":{},"z":"x"},"b":[1,true,null]})");
  EXPECT_EQ(json_of("[]"), "[]");
  EXPECT_EQ(json_of(R"("\u00e4\/\n")"), R"("ä/\n")");
  EXPECT_EQ(json_of(R"({"a":1,"a":2})"), R"({"a":2})");
  EXPECT_EQ(made(Json{"{ }"}, TypeKind::json), Value(Json{"{}"}));
}

TEST(Coerce, jsonNumbersKeepEveryDigit) {
  EXPECT_EQ(json_of("[12345678901234567890123456789012345678, 0.1000000000000000055511151231257827]"),
            "[12345678901234567890123456789012345678,0.1000000000000000055511151231257827]");
  EXPECT_EQ(json_of("[9223372036854775807, 18446744073709551615, -5]"),
            "[9223372036854775807,18446744073709551615,-5]");
  EXPECT_EQ(json_of("[1.0, 1.50, 1e2, 1E-2, -0.0]"), "[1,1.5,100,0.01,0]");
  EXPECT_EQ(json_of("[1e300, 1.25e-300]"), "[1e300,125e-302]");
}

TEST(Coerce, refusesOtherJson) {
  EXPECT_EQ(refusal("{a:1}"s, TypeKind::json), "'{a:1}' is not a json");
  EXPECT_EQ(refusal("[1"s, TypeKind::json), "'[1' is not a json");
  EXPECT_EQ(refusal(""s, TypeKind::json), "'' is not a json");
  EXPECT_EQ(refusal("[\"\xff\"]"s, TypeKind::json), "'[\"\xff\"]' is not a json");
  EXPECT_EQ(refusal(std::string(600, '['), TypeKind::json),
            "'" + std::string(57, '[') + "...' is not a json: it is nested deeper than 512");
  EXPECT_EQ(refusal(1_i, TypeKind::json), "'1' is not a json");
}

TEST(Coerce, textArraysFromJson) {
  EXPECT_EQ(made(R"(["a", "b"])"s, TypeKind::text_array), Value(TextArray{{"a", "b"}}));
  EXPECT_EQ(made(Json{"[]"}, TypeKind::text_array), Value(TextArray{}));
  EXPECT_EQ(made(TextArray{{"x"}}, TypeKind::text_array), Value(TextArray{{"x"}}));
  EXPECT_EQ(refusal("a,b"s, TypeKind::text_array), "'a,b' is not a text_array: it is not a JSON array of strings");
}

TEST(Coerce, enumerations) {
  const Type state{.kind = TypeKind::enumeration, .values = {"new", "paid"}};
  EXPECT_EQ(coerce("paid"s, state), Value("paid"s));
  EXPECT_EQ(refusal("Paid"s, state), "'Paid' is not an enumeration('new','paid')");
}

TEST(Coerce, isAtHomeInItsOwnResults) {
  const std::pair<Value, Type> samples[] = {{"1.5"s, money},
                                            {"2024-01-15T09:00:00+01:00"s, {.kind = TypeKind::timestamp}},
                                            {"[1.50, {\"b\":1, \"a\":2}]"s, {.kind = TypeKind::json}},
                                            {0.1, {.kind = TypeKind::real}},
                                            {"9:00"s.insert(0, "0"), {.kind = TypeKind::time}}};
  for (const auto& [value, type] : samples) {
    const auto once = coerce(value, type);
    EXPECT_EQ(coerce(once, type), once);
  }
}

}  // namespace
}  // namespace dbctl::schema
