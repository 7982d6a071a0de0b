#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "dbctl/sql/lexer.hpp"

namespace dbctl::sql {

/// Follows one statement's tokens to know whether a semicolon ends it or stands in a body: BEGIN … END and its like. It
/// reads keywords only where a keyword can stand, so a column named `end` or a function IF() ends and opens nothing.
class Body {
 public:
  explicit Body(Bodies bodies) : bodies_(bodies), phase_(bodies == Bodies::none ? Phase::plain : Phase::first) {}

  /// A token with a meaning; a semicolon inside a body too.
  void read(const Token& token);
  bool open() const { return !frames_.empty(); }
  /// What was opened first and is not closed: "BEGIN", "CASE".
  const Token& opened() const { return frames_.front().token; }

 private:
  enum class Phase { first, create, routine, trigger, follows, event, begin, body, plain };
  enum class Kind { block, condition, choice, loop, expression };
  enum class Handler { none, declare, condition, behind };
  struct Frame {
    Kind kind;
    Token token;
  };

  void read_word(const Token& token);
  void read_mark(const Token& token);
  void read_header(const Token& token);
  void read_first(const Token& token);
  void read_create(const Token& token);
  bool begin_statement(const Token& token);
  void inside_statement(const Token& token, bool starts);
  bool read_handler(const Token& token);
  bool is_operand() const;
  bool before(std::string_view keyword) const { return previous_ && previous_->is(keyword); }
  void push(Kind kind, const Token& token) { frames_.push_back({kind, token}); }
  bool top(Kind kind) const { return !frames_.empty() && frames_.back().kind == kind; }

  Bodies bodies_;
  Phase phase_;
  Handler handler_ = Handler::none;
  bool start_ = false;       ///< the next token begins a statement
  bool behind_end_ = false;  ///< END is read: IF, LOOP or a label may follow
  bool until_ = false;       ///< of a REPEAT: its END needs no semicolon before it
  bool label_ = false;       ///< the last token may be a label
  bool parameters_ = false;  ///< a routine's list of parameters is read
  int depth_ = 0;            ///< of parentheses
  std::optional<Token> previous_;
  std::vector<Frame> frames_;
};

}  // namespace dbctl::sql
