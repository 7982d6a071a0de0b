#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// SQLite's SQL as tokens, to read back the definitions that a database keeps as text.
namespace dbctl::sqlite {

struct Token {
  enum class Kind : unsigned char { word, quoted, string, number, blob, symbol };
  Kind kind = Kind::symbol;
  std::string text;                ///< a word as written, a quoted identifier or string without its quotes
  std::size_t begin = 0, end = 0;  ///< bytes in the source

  /// An unquoted word, in any case.
  bool is(std::string_view keyword) const;
  bool symbol(char c) const { return kind == Kind::symbol && text.size() == 1 && text[0] == c; }
  bool name() const { return kind == Kind::word || kind == Kind::quoted || kind == Kind::string; }
};

/// Comments and white space are left out. Text that SQLite would not accept gives tokens too, never an error.
std::vector<Token> tokens(std::string_view sql);

/// One spelling for expressions that SQLite writes differently after a rename: single blanks, no comments, no
/// parentheses around the whole, no quotes around names that need none.
std::string canonical_expression(std::string_view sql);

/// The expression with its columns no longer qualified by `table`: what a constraint sees is its own table only.
std::string unqualified(std::string_view expression, std::string_view table);

}  // namespace dbctl::sqlite
