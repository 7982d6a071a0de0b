#pragma once
#include <algorithm>
#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expression_parser.hpp"

/// What the parser reads from, and the parts of an expression that hold no other expression.
namespace dbctl::postgresql {

struct NotUnderstood : std::exception {};

/// How tightly operators bind, as the server's grammar has it.
enum Level : int {
  any = 0,
  either,
  both,
  negation,
  is,
  comparison,
  pattern,
  other,
  sum,
  product,
  power,
  zone,
  collation,
  sign,
  primary
};

/// Tokens and the place reached; taking what is not there throws NotUnderstood.
class TokenCursor {
 public:
  explicit TokenCursor(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token& peek(std::size_t ahead = 0) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)]; }
  void skip(std::size_t tokens) { at_ = std::min(at_ + tokens, tokens_.size() - 1); }
  Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool at_word(std::string_view word, std::size_t ahead = 0) const {
    return peek(ahead).kind == Token::Kind::word && peek(ahead).text == word;
  }
  bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const {
    return peek(ahead).kind == Token::Kind::symbol && peek(ahead).text == symbol;
  }
  bool take_word(std::string_view word) { return at_word(word) && (++at_, true); }
  bool take_symbol(std::string_view symbol) { return at_symbol(symbol) && (++at_, true); }
  void expect_word(std::string_view word) {
    if (!take_word(word)) throw NotUnderstood{};
  }
  void expect_symbol(std::string_view symbol) {
    if (!take_symbol(symbol)) throw NotUnderstood{};
  }
  /// A type as the server names it: `varchar(20)[]` is "character varying(20)[]".
  std::string take_type_name();

 private:
  std::string take_type_word();
  std::string take_type_modifiers();

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

/// A string literal; points in time as short as they are commonly written.
Parsed string_literal(const Token& token);
/// Casts of literals, and those that the server adds where it converts silently, are left out; a string cast to a
/// number is the number: -1 is printed as '-1'::integer.
Parsed cast(Parsed part, const std::string& type);

}  // namespace dbctl::postgresql
