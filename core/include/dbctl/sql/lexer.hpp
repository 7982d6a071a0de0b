#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/base/export.hpp"
#include "dbctl/sql/lexical.hpp"

namespace dbctl::sql {

/// A place in a text: both count from 1, columns in characters (UTF-8).
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const Place&) const = default;
};

struct Token {
  enum class Kind : std::uint8_t {
    space,  ///< white space
    comment,
    hint,    ///< /*+ … */
    word,    ///< a keyword or a name, without quotes
    quoted,  ///< a name in quotes
    string,  ///< a string literal, its prefix and quotes included: 'a', E'a', X'0A', $$a$$
    number,
    parameter,  ///< ? or $1
    symbol,     ///< an operator or a punctuation mark
    delimiter,  ///< what ends a statement: a semicolon, or what DELIMITER gave
    code_open,  ///< "/*!50100": what follows, up to code_close, is no comment
    code_close,
  };
  Kind kind = Kind::space;
  bool closed = true;  ///< false: a string, name or comment that goes on to the end of the text
  Place place = {};
  std::size_t offset = 0;      ///< bytes
  std::string_view text = {};  ///< into the text given

  /// Has a meaning: neither white space nor a comment.
  bool significant() const noexcept { return kind > Kind::hint; }
  /// This word, given in upper case.
  DBCTL_API bool is(std::string_view keyword) const noexcept;
  bool symbol(std::string_view what) const noexcept { return kind == Kind::symbol && text == what; }
};

/// Cuts a text into tokens, one at a time, for any bytes and without a failure: the tokens follow each other from the
/// first byte to the last. Views into the text, which must outlive the lexer; nothing is copied, each byte is looked at
/// a fixed number of times.
class DBCTL_API Lexer {
 public:
  explicit Lexer(std::string_view text, const LexicalRules& rules, Place start = {});

  std::optional<Token> next();

  /// For the text of a file, before its first token: the mark is passed over, and no column. Anywhere else its bytes
  /// are a word, as they are to a database.
  void skip_byte_order_mark() noexcept;

  /// For what follows: other rules, or another delimiter than the semicolon (not empty, without white space).
  void set_rules(const LexicalRules& rules) { rules_ = rules; }
  void set_delimiter(std::string_view delimiter) { delimiter_ = delimiter; }
  std::string_view delimiter() const noexcept { return delimiter_; }

  std::size_t offset() const noexcept { return position_; }
  Place place() const noexcept { return place_; }
  /// What follows, up to this offset, as if it were one token. Returns it.
  std::string_view take(std::size_t end);
  /// The offset of the end of the line (of its "\n", or of the text).
  std::size_t line_end() const noexcept;

 private:
  using Kind = Token::Kind;
  struct End {
    Kind kind;
    std::size_t offset;
    bool closed = true;
  };

  bool at(std::string_view what, std::size_t offset) const noexcept { return text_.substr(offset).starts_with(what); }
  bool delimiter_at(std::size_t offset) const noexcept;
  bool delimiter_inside(std::size_t offset) const noexcept;
  End find_end();
  std::optional<End> comment_end();
  End block_comment_end() const;
  End quoted_end(std::size_t open, bool escapes, Kind kind) const;
  std::optional<End> dollar_end() const;
  End word_end();
  std::optional<End> prefixed_string(std::size_t end);
  std::optional<End> string_end();
  End number_end() const;
  End operator_end();

  std::string_view text_;
  LexicalRules rules_;
  std::string_view delimiter_ = ";";
  std::size_t position_ = 0;
  Place place_;
  unsigned code_depth_ = 0;
  std::size_t signs_until_ = 0;  ///< an operator's signs, each a token, go on to this offset
  bool glued_ = false;           ///< the token before is a name or a closing parenthesis, with nothing in between
  bool escaping_ = false;        ///< the last token with a meaning is a string in which backslashes escape
  bool line_behind_ = false;     ///< a line has ended since
};

}  // namespace dbctl::sql
