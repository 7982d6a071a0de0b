#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// A parser for scalar expressions: precedence climbing that writes the canonical text as it goes.
namespace dbctl::postgresql {

struct Token {
  enum class Kind : unsigned char { word, quoted, number, string, symbol, end };
  Kind kind = Kind::end;
  std::string text = {};  ///< words in lower case, quoted names and strings without their quotes
};

/// Nothing when the text is not made of known tokens only.
std::optional<std::vector<Token>> tokenize(std::string_view sql);
/// The token as SQL.
std::string spelling(const Token& token);
std::string quoted_string(std::string_view text);

/// A parsed expression.
struct Parsed {
  std::string text;
  int level = 0;                           ///< how tightly its outermost operator binds
  std::optional<std::string> string = {};  ///< the contents, when it is a string literal
  std::vector<std::string> items = {};     ///< the elements of an array constructor, as text
  std::vector<std::string> strings = {};   ///< the same, unquoted, when all are string literals
  bool array = false;
};

/// Nothing when the expression is not understood as a whole.
std::optional<Parsed> parse_expression(std::string_view sql);

}  // namespace dbctl::postgresql
