#include "scaffold/field_types.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include <fmt/format.h>

#include "scaffold/names.hpp"

namespace dbctl::scaffold {
namespace {

using schema::Type;
using schema::TypeKind;

enum class Takes : std::uint8_t { nothing, size, optional_size, digits, values };

struct Word {
  std::string_view name;
  TypeKind kind;
  Takes takes = Takes::nothing;
};

constexpr std::uint32_t longest_string = 16000;  // of four bytes each, beside a key, in a row of 65,535 (InnoDB)
constexpr std::uint32_t longest_character = 255;

constexpr std::array<Word, 29> words{{
    {"boolean", TypeKind::boolean},
    {"smallint", TypeKind::smallint},
    {"integer", TypeKind::integer},
    {"bigint", TypeKind::bigint},
    {"decimal", TypeKind::decimal, Takes::digits},
    {"real", TypeKind::real},
    {"double", TypeKind::double_},
    {"string", TypeKind::string, Takes::optional_size},
    {"text", TypeKind::text},
    {"character", TypeKind::character, Takes::size},
    {"uuid", TypeKind::uuid},
    {"binary", TypeKind::binary, Takes::optional_size},
    {"date", TypeKind::date},
    {"time", TypeKind::time},
    {"timestamp", TypeKind::timestamp},
    {"json", TypeKind::json},
    {"text_array", TypeKind::text_array},
    {"enumeration", TypeKind::enumeration, Takes::values},
    // as others call them
    {"bool", TypeKind::boolean},
    {"int", TypeKind::integer},
    {"double_", TypeKind::double_},
    {"float", TypeKind::real},
    {"numeric", TypeKind::decimal, Takes::digits},
    {"varchar", TypeKind::string, Takes::optional_size},
    {"char", TypeKind::character, Takes::size},
    {"datetime", TypeKind::timestamp},
    {"jsonb", TypeKind::json},
    {"enum", TypeKind::enumeration, Takes::values},
    {"blob", TypeKind::binary, Takes::optional_size},
}};

std::uint32_t number(const std::string& text, std::uint32_t least, std::uint32_t most, std::string_view what) {
  std::uint32_t value = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, value);
  if (problem != std::errc{} || stopped != end || text.empty() || value < least || value > most)
    throw std::invalid_argument(fmt::format("{} must be {} to {}, not \"{}\"", what, least, most, text));
  return value;
}

[[noreturn]] void refuse_count(std::string_view word, std::string_view expected) {
  throw std::invalid_argument(fmt::format("{} takes {}", word, expected));
}

void read_size(const Word& word, const std::vector<std::string>& arguments, Type& type) {
  if (arguments.size() > 1) refuse_count(word.name, "one number");
  if (arguments.empty()) {
    if (word.takes == Takes::size) refuse_count(word.name, fmt::format("a length: {}(2)", word.name));
    type.size = word.kind == TypeKind::string ? 255 : 0;
    return;
  }
  type.size = number(arguments.front(), 1, word.kind == TypeKind::character ? longest_character : longest_string,
                     fmt::format("the length of a {}", word.name));
}

void read_digits(const Word& word, const std::vector<std::string>& arguments, Type& type) {
  if (arguments.size() > 2) refuse_count(word.name, "digits and scale: decimal(12,2)");
  type.size = arguments.empty() ? 12 : number(arguments[0], 1, 65, "the digits of a decimal");
  type.scale = arguments.empty() ? 2 : 0;
  if (arguments.size() == 2)
    type.scale = number(arguments[1], 0, std::min<std::uint32_t>(type.size, 30), "the digits after the point");
}

void read_values(const Word& word, const std::vector<std::string>& arguments, Type& type) {
  if (arguments.empty()) refuse_count(word.name, fmt::format("its values: {}(new,paid)", word.name));
  for (const auto& value : arguments) {
    if (value.empty()) throw std::invalid_argument(fmt::format("a value of the {} is empty", word.name));
    if (std::ranges::find(type.values, value) != type.values.end())
      throw std::invalid_argument(fmt::format("the {} has \"{}\" twice", word.name, value));
    type.values.push_back(value);
  }
}

}  // namespace

std::optional<Type> parse_type(std::string_view name, const std::vector<std::string>& arguments) {
  const auto* const word = std::ranges::find(words, name, &Word::name);
  if (word == words.end()) return std::nullopt;
  Type type{.kind = word->kind};
  switch (word->takes) {
    case Takes::nothing:
      if (!arguments.empty()) refuse_count(word->name, "nothing in brackets");
      break;
    case Takes::size:
    case Takes::optional_size:
      read_size(*word, arguments, type);
      break;
    case Takes::digits:
      read_digits(*word, arguments, type);
      break;
    case Takes::values:
      read_values(*word, arguments, type);
      break;
  }
  return type;
}

std::vector<std::string> type_words() {
  std::vector<std::string> all;
  for (const auto& word : words) all.emplace_back(word.name);
  return all;
}

Builder builder_of(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return {"boolean", ""};
    case TypeKind::smallint:
      return {"smallint", ""};
    case TypeKind::integer:
      return {"integer", ""};
    case TypeKind::bigint:
      return {"bigint", ""};
    case TypeKind::decimal:
      return {fmt::format("decimal<{}, {}>", type.size, type.scale), ""};
    case TypeKind::real:
      return {"real", ""};
    case TypeKind::double_:
      return {"double_", ""};
    case TypeKind::string:
      return {"string", type.size == 255 ? "" : fmt::format(", {}", type.size)};
    case TypeKind::text:
      return {"text", ""};
    case TypeKind::character:
      return {"character", fmt::format(", {}", type.size)};
    case TypeKind::uuid:
      return {"uuid", ""};
    case TypeKind::binary:
      return {"binary", type.size == 0 ? "" : fmt::format(", {}", type.size)};
    case TypeKind::date:
      return {"date", ""};
    case TypeKind::time:
      return {"time", ""};
    case TypeKind::timestamp:
      return {"timestamp", ""};
    case TypeKind::json:
      return {"json", ""};
    case TypeKind::text_array:
      return {"text_array", ""};
    case TypeKind::enumeration:
      break;
  }
  std::string values;
  for (const auto& value : type.values) values += (values.empty() ? "" : ", ") + literal(value);
  return {fmt::format("enumeration<{}>", values), ""};
}

std::string cpp_type(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "bool";
    case TypeKind::smallint:
      return "std::int16_t";
    case TypeKind::integer:
      return "std::int32_t";
    case TypeKind::bigint:
      return "std::int64_t";
    case TypeKind::decimal:
      return "dbctl::Decimal";
    case TypeKind::real:
      return "float";
    case TypeKind::double_:
      return "double";
    case TypeKind::string:
    case TypeKind::text:
    case TypeKind::character:
    case TypeKind::enumeration:
      return "std::string";
    case TypeKind::uuid:
      return "dbctl::Uuid";
    case TypeKind::binary:
      return "dbctl::Bytes";
    case TypeKind::date:
      return "dbctl::Date";
    case TypeKind::time:
      return "dbctl::Time";
    case TypeKind::timestamp:
      return "dbctl::Timestamp";
    case TypeKind::json:
      return "dbctl::Json";
    case TypeKind::text_array:
      return "dbctl::TextArray";
  }
  return "dbctl::Value";
}

std::string header_of(const Type& type) {
  const auto name = cpp_type(type);
  if (name == "std::string") return "string";
  return name.starts_with("std::int") ? "cstdint" : "";
}

}  // namespace dbctl::scaffold
