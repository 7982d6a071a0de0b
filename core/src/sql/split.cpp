#include "dbctl/sql/split.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "sql/body.hpp"
#include "sql/characters.hpp"
#include "sql/modes.hpp"
#include "sql/script_errors.hpp"

namespace dbctl::sql {
namespace {

using Kind = Token::Kind;

/// The client that knows the command cuts one off there; a long one would be compared with the text at each byte.
constexpr std::size_t longest_delimiter = 15;

Place beginning(const Origin& origin) {
  return {.line = static_cast<std::uint32_t>(std::max(origin.line, 1)),
          .column = static_cast<std::uint32_t>(std::max(origin.column, 1))};
}

/// How many of a kind are open, and the outermost of them.
struct Nesting {
  std::size_t depth = 0;
  Token first = {};

  void open(const Token& token) {
    if (depth++ == 0) first = token;
  }
  void close() {
    if (depth > 0) --depth;
  }
};

class Splitter {
 public:
  Splitter(std::string_view text, const LexicalRules& rules, const Origin& origin)
      : text_(text), rules_(rules), errors_(origin.file), lexer_(text, rules, beginning(origin)), body_(rules.bodies) {
    errors_.check_text(text, beginning(origin));
    lexer_.skip_byte_order_mark();
    begin_ = lexer_.offset();
  }

  std::vector<SourceStatement> all() {
    while (const auto token = lexer_.next()) read(*token);
    if (!empty_) finish();
    return std::move(statements_);
  }

 private:
  void read(const Token& token);
  std::string_view command_at(std::size_t offset) const;
  bool client_command(const Token& token);
  void set_delimiter(const Token& command);
  bool flushes(const Token& token) const;
  bool held() const;
  void add(const Token& token);
  void end(const Token& delimiter);
  void finish();
  void take_data();
  void watch_copy(const Token& token);

  std::string_view text_;
  const LexicalRules& rules_;
  ScriptErrors errors_;
  Lexer lexer_;
  std::vector<SourceStatement> statements_;
  std::uint32_t modes_ = 0;
  std::size_t begin_ = 0;  ///< behind the last delimiter or command

  // The statement being read.
  bool empty_ = true;
  SourceStatement statement_;
  std::size_t end_ = 0;
  Body body_;
  Nesting parentheses_;
  Nesting code_;
  std::uint32_t last_line_ = 0;  ///< where the last token with a meaning ends
  bool sets_ = false;            ///< begins with SET or RESET
  enum class Copy { none, copy, from, stdin_ } copy_ = Copy::none;
};

void Splitter::read(const Token& token) {
  if (!token.closed) errors_.unterminated(token, rules_, empty_ ? token.place : statement_.place);
  if (!token.significant()) return;
  if (token.kind == Kind::delimiter && !held()) return end(token);
  if (client_command(token)) return;
  add(token);
}

bool Splitter::held() const {
  if (code_.depth > 0) return true;
  if (lexer_.delimiter() != ";") return false;
  return body_.open() || (rules_.parentheses_hold && parentheses_.depth > 0);
}

// With its first character: \i, .read
std::string_view Splitter::command_at(std::size_t offset) const {
  auto end = std::min(offset + 1, text_.size());
  while (end < text_.size() && is_name(text_[end])) ++end;
  return text_.substr(offset, end == offset + 1 ? 2 : end - offset);
}

// What the database's own client would do itself; true when it is done.
bool Splitter::client_command(const Token& token) {
  if (rules_.delimiter_command && token.is("DELIMITER") && (empty_ || flushes(token))) {
    if (!empty_) finish();
    set_delimiter(token);
    return true;
  }
  if (rules_.backslash_commands && token.text.starts_with('\\')) {
    const auto word = command_at(token.offset);
    if (word == "\\N") return false;
    const auto& ignored = rules_.ignored_commands;
    if (!empty_ || std::ranges::find(ignored, word) == ignored.end()) errors_.client_command(token.place, word);
    lexer_.take(lexer_.line_end());
    begin_ = lexer_.offset();
    return true;
  }
  if (!empty_) return false;
  if (rules_.dot_commands && token.symbol(".")) errors_.client_command(token.place, command_at(token.offset));
  if (std::ranges::any_of(rules_.client_commands, [&](std::string_view command) { return token.is(command); }))
    errors_.client_command(token.place, token.text);
  return false;
}

// A DELIMITER on a line of its own ends the statement before it, as it does in the client; `delimiter text,` does not.
bool Splitter::flushes(const Token& token) const {
  if (parentheses_.depth > 0 || token.place.line == last_line_) return false;
  const auto argument = text::trim(text_.substr(lexer_.offset(), lexer_.line_end() - lexer_.offset()));
  return !argument.empty() && std::ranges::all_of(argument, [](char c) {
    return std::string_view("/$;|#!^%&").find(c) != std::string_view::npos;
  });
}

void Splitter::set_delimiter(const Token& command) {
  auto argument = text::trim(lexer_.take(lexer_.line_end()));
  const bool quoted = !argument.empty() && std::string_view("'\"`").find(argument[0]) != std::string_view::npos;
  const auto end = quoted ? argument.find(argument[0], 1) : argument.find_first_of(" \t\r\v\f");
  argument = argument.substr(quoted ? 1 : 0, quoted && end != std::string_view::npos ? end - 1 : end);
  if (argument.empty() || argument.size() > longest_delimiter ||
      argument.find_first_of(" \t\\") != std::string_view::npos)
    errors_.bad_delimiter(command.place, argument);
  lexer_.set_delimiter(argument);
  begin_ = lexer_.offset();
}

void Splitter::add(const Token& token) {
  if (empty_) {
    statement_ = {};
    statement_.leading = text_.substr(begin_, token.offset - begin_);
    statement_.offset = token.offset;
    statement_.place = token.place;
    statement_.modes = modes_;
    empty_ = false;
  }
  if (token.kind == Kind::code_open) code_.open(token);
  if (token.kind == Kind::code_close) code_.close();
  if (token.symbol("(")) parentheses_.open(token);
  if (token.symbol(")")) parentheses_.close();
  sets_ = sets_ || (end_ == 0 && (token.is("SET") || token.is("RESET")));
  watch_copy(token);
  if (token.kind != Kind::code_open) end_ = lexer_.offset();
  last_line_ = lexer_.place().line;
  body_.read(token);
}

void Splitter::watch_copy(const Token& token) {
  if (!rules_.copy_data) return;
  if (end_ == 0)
    copy_ = token.is("COPY") ? Copy::copy : Copy::none;
  else if (copy_ == Copy::copy && parentheses_.depth == 0 && token.is("FROM"))
    copy_ = Copy::from;
  else if (copy_ == Copy::from)
    copy_ = token.is("STDIN") ? Copy::stdin_ : Copy::none;
}

void Splitter::end(const Token& delimiter) {
  const bool copies = !empty_ && copy_ == Copy::stdin_;
  if (!empty_) finish();
  begin_ = delimiter.offset + delimiter.text.size();
  if (copies) take_data();
}

void Splitter::finish() {
  if (code_.depth > 0) errors_.unterminated_code(code_.first);
  if (lexer_.delimiter() == ";" && body_.open()) errors_.unterminated_body(body_.opened(), statement_.place);
  if (rules_.parentheses_hold && parentheses_.depth > 0)
    errors_.unterminated_parenthesis(parentheses_.first, statement_.place);
  statement_.text = text_.substr(statement_.offset, end_ - statement_.offset);
  statements_.push_back(statement_);
  if (sets_) {
    modes_ = modes_after(statement_.text, rules_, modes_);
    lexer_.set_rules(in_modes(rules_, modes_));
  }
  empty_ = true;
  end_ = 0;
  sets_ = false;
  copy_ = Copy::none;
  body_ = Body(rules_.bodies);
  parentheses_ = {};
  code_ = {};
}

// The lines behind COPY … FROM STDIN; up to the one that is "\.".
void Splitter::take_data() {
  const auto copy = statements_.back().place;
  const auto rest = lexer_.take(std::min(lexer_.line_end() + 1, text_.size()));
  const auto content = text::trim(rest);
  if (!content.empty() && !content.starts_with("--")) errors_.behind_copy(copy, content);
  const auto begin = lexer_.offset();
  if (std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(begin), text_.end(), is_space)) return;
  for (auto line = begin; line < text_.size();) {
    const auto end = std::min(text_.find('\n', line), text_.size());
    auto text = text_.substr(line, end - line);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (text == "\\.") {
      statements_.back().data = text_.substr(begin, line - begin);
      lexer_.take(end);
      begin_ = end;
      return;
    }
    line = end + 1;
  }
  errors_.unterminated_data(copy);
}

}  // namespace

std::vector<SourceStatement> split(std::string_view text, const LexicalRules& rules, const Origin& origin) {
  return Splitter(text, rules, origin).all();
}

}  // namespace dbctl::sql
