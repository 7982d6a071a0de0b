#pragma once
#include <optional>
#include <string_view>

#include "dbctl/sql/lexical.hpp"

namespace dbctl::sql {

struct Token {
  enum class Kind { word, quoted, symbol, semicolon };
  Kind kind;
  std::string_view text;  ///< into the text given
};

/// Cuts SQL into tokens, one at a time; comments and white space are between them. What is never closed (a string, a
/// comment) ends with the text.
class Tokens {
 public:
  Tokens(std::string_view sql, const LexicalRules& rules) : sql_(sql), rules_(rules) {}
  std::optional<Token> next();

 private:
  bool at(std::string_view what) const { return sql_.substr(position_).starts_with(what); }
  bool skip_comment();
  void skip_block_comment();
  std::size_t quoted_end(std::size_t begin, bool escapes) const;
  std::size_t dollar_end() const;
  std::size_t token_end() const;

  std::string_view sql_;
  const LexicalRules& rules_;
  std::size_t position_ = 0;
};

}  // namespace dbctl::sql
