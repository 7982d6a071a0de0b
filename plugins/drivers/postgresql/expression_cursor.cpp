#include "expression_cursor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace dbctl::postgresql {

namespace {

/// The server's own name of a type.
std::string full_name(std::string name) {
  static constexpr auto aliases =
      std::to_array<std::pair<std::string_view, std::string_view>>({{"int", "integer"},
                                                                    {"int2", "smallint"},
                                                                    {"int4", "integer"},
                                                                    {"int8", "bigint"},
                                                                    {"bool", "boolean"},
                                                                    {"float", "double precision"},
                                                                    {"float4", "real"},
                                                                    {"float8", "double precision"},
                                                                    {"decimal", "numeric"},
                                                                    {"varchar", "character varying"},
                                                                    {"char", "character"},
                                                                    {"timestamptz", "timestamp with time zone"},
                                                                    {"timetz", "time with time zone"}});
  for (const auto& [alias, full] : aliases)
    if (name == alias) return std::string(full);
  return name;
}

/// Casts that the server writes by itself wherever it converts silently: they cannot be told from an author's.
bool may_be_silent(std::string_view type) {
  static constexpr auto types = std::to_array<std::string_view>(
      {"text", "character varying", "character", "bpchar", "name", "text[]", "character varying[]", "bigint", "numeric",
       "real", "double precision", "regclass", "regconfig"});
  return std::ranges::find(types, type) != types.end();
}

bool is_literal(const Parsed& part) {
  const auto belongs = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  return part.string || part.array || part.text == "null" || part.text == "true" || part.text == "false" ||
         std::ranges::all_of(part.text, belongs);
}

}  // namespace

std::string TokenCursor::take_type_name() {
  auto name = take_type_word();
  while (take_symbol(".")) name += "." + take_type_word();
  if (at_word("varying") || at_word("precision")) name += " " + take().text;
  auto modifiers = take_type_modifiers();
  if (at_word("with") && at_word("time", 1)) name += " with time zone";
  if ((at_word("with") || at_word("without")) && at_word("time", 1)) at_ += 3;
  modifiers += take_type_modifiers();
  name = full_name(name) + modifiers;
  while (take_symbol("[")) {
    if (peek().kind == Token::Kind::number) take();
    expect_symbol("]");
    name += "[]";
  }
  return name;
}

std::string TokenCursor::take_type_word() {
  const auto token = take();
  if (token.kind != Token::Kind::word && token.kind != Token::Kind::quoted) throw NotUnderstood{};
  return token.text;
}

std::string TokenCursor::take_type_modifiers() {
  if (!take_symbol("(")) return {};
  std::string modifiers = "(";
  while (modifiers.back() != ')') {
    if (peek().kind == Token::Kind::end) throw NotUnderstood{};
    modifiers += take().text;
  }
  return modifiers;
}

/// The server completes a point in time: '2024-01-15' is printed as '2024-01-15 00:00:00+00'.
Parsed string_literal(const Token& token) {
  auto shown = token.text;
  const bool timestamp = shown.size() >= 19 && shown[4] == '-' && shown[7] == '-' && shown[10] == ' ' &&
                         shown[13] == ':' && shown.find_first_not_of("0123456789-: +.") == std::string::npos;
  if (timestamp && shown.ends_with("+00")) shown.resize(shown.size() - 3);
  if (timestamp && shown.ends_with(" 00:00:00")) shown.resize(10);
  return {quoted_string(shown), primary, token.text};
}

Parsed cast(Parsed part, const std::string& type) {
  static constexpr std::array numbers =
      std::to_array<std::string_view>({"integer", "bigint", "smallint", "numeric", "real", "double precision"});
  const auto is_number = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  if (part.string && !part.string->empty() && std::ranges::all_of(*part.string, is_number) &&
      std::ranges::find(numbers, type.substr(0, type.find('('))) != numbers.end())
    return {*part.string, part.string->front() == '-' ? sign : primary};
  if (is_literal(part) || may_be_silent(type)) return part;
  return {(part.level < primary ? "(" + part.text + ")" : part.text) + "::" + type, primary};
}

}  // namespace dbctl::postgresql
