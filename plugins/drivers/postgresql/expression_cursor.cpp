#include "expression_cursor.hpp"

#include <array>

namespace dbctl::postgresql {

std::string TokenCursor::take_type_name() {
  auto name = take_type_word();
  while (take_symbol(".")) name += "." + take_type_word();
  if (at_word("varying") || at_word("precision")) name += " " + take().text;
  skip_type_modifiers();
  if ((at_word("with") || at_word("without")) && at_word("time", 1)) at_ += 3;
  skip_type_modifiers();
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

void TokenCursor::skip_type_modifiers() {
  if (!take_symbol("(")) return;
  while (!take_symbol(")"))
    if (take().kind == Token::Kind::end) throw NotUnderstood{};
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

/// Casts are left out; a string cast to a number is the number: -1 is printed as '-1'::integer.
Parsed cast(Parsed part, const std::string& type) {
  static constexpr std::array numbers =
      std::to_array<std::string_view>({"integer", "bigint", "smallint", "numeric", "real", "double precision"});
  const auto is_number = [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  if (part.string && !part.string->empty() && std::ranges::all_of(*part.string, is_number) &&
      std::ranges::find(numbers, type) != numbers.end())
    return {*part.string, part.string->front() == '-' ? sign : primary};
  return part;
}

}  // namespace dbctl::postgresql
