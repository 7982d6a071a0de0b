#include "environment/interpolation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::environment {
namespace {

constexpr std::size_t largest = 1024 * 1024;
constexpr int deepest = 16;

bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_char(char c) {
  return is_name_start(c) || (c >= '0' && c <= '9');
}

class Parser {
 public:
  Parser(std::string_view text, const std::string& where) : rest_(text), where_(where) {}

  /// Up to the end, or inside a reference up to its closing brace.
  Template parse(int depth) {
    Template result;
    std::string literal;
    const auto flush = [&] {
      if (!literal.empty()) result.push_back({.kind = Piece::Kind::literal, .text = std::move(literal)});
      literal.clear();
    };
    while (!rest_.empty() && (depth == 0 || rest_.front() != '}')) {
      if (rest_.starts_with("$${")) {
        literal += "${";
        rest_.remove_prefix(3);
      } else if (rest_.starts_with("${")) {
        flush();
        rest_.remove_prefix(2);
        result.push_back(reference(depth + 1));
      } else {
        literal += rest_.front();
        rest_.remove_prefix(1);
      }
    }
    flush();
    return result;
  }

 private:
  Piece reference(int depth) {
    if (depth > deepest) refuse();
    const auto end = std::ranges::find_if_not(rest_, is_name_char);
    Piece piece{.kind = Piece::Kind::plain, .text = std::string(rest_.begin(), end)};
    if (!is_variable_name(piece.text)) refuse();
    rest_.remove_prefix(piece.text.size());
    if (rest_.starts_with(":-")) {
      rest_.remove_prefix(2);
      piece.kind = Piece::Kind::fallback;
      piece.otherwise = parse(depth);
    } else if (rest_.starts_with(":?")) {
      rest_.remove_prefix(2);
      piece.kind = Piece::Kind::required;
      piece.message = rest_.substr(0, rest_.find('}'));
      rest_.remove_prefix(piece.message.size());
    }
    if (!rest_.starts_with('}')) refuse();
    rest_.remove_prefix(1);
    return piece;
  }

  [[noreturn]] void refuse() const {
    throw Error(codes::environment_syntax,
                {.summary = "a \"${\" that is none of ${NAME}, ${NAME:-default} and ${NAME:?message}",
                 .where = where_,
                 .next = {"write \"$${\" where \"${\" itself is meant"}});
  }

  std::string_view rest_;
  const std::string& where_;
};

[[noreturn]] void refuse_unset(const Piece& piece, bool empty, const std::string& where, const std::string& advice) {
  throw Error(codes::environment_variable,
              {.summary = fmt::format("the variable {} is {}", piece.text, empty ? "empty" : "not set"),
               .where = where,
               .why = piece.message,
               .next = {fmt::format("export {}, or put it in {}", piece.text, advice)}});
}

std::string value_of(const Piece& piece, const Lookup& lookup, const std::string& where, const std::string& advice) {
  if (piece.kind == Piece::Kind::literal) return piece.text;
  auto value = lookup(piece.text);
  if (piece.kind == Piece::Kind::plain) {
    if (!value) refuse_unset(piece, false, where, advice);
    return *std::move(value);
  }
  if (value && !value->empty()) return *std::move(value);
  if (piece.kind == Piece::Kind::required) refuse_unset(piece, value.has_value(), where, advice);
  return expand(piece.otherwise, lookup, where, advice);
}

}  // namespace

bool is_variable_name(std::string_view name) noexcept {
  return !name.empty() && is_name_start(name.front()) && std::ranges::all_of(name, is_name_char);
}

Template parse_template(std::string_view text, const std::string& where) {
  return Parser(text, where).parse(0);
}

std::string expand(const Template& value, const Lookup& lookup, const std::string& where, const std::string& advice) {
  std::string text;
  for (const auto& piece : value) {
    text += value_of(piece, lookup, where, advice);
    if (text.size() > largest) {
      throw Error(codes::environment_value,
                  {.summary = "the value grows beyond a megabyte when its variables are replaced",
                   .where = where,
                   .next = {"take out a variable that is made of itself many times over"}});
    }
  }
  return text;
}

}  // namespace dbctl::environment
