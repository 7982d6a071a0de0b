#include "dbctl/sql/lexer.hpp"

#include <algorithm>

#include "sql/characters.hpp"

namespace dbctl::sql {
namespace {

Place behind(Place place, std::string_view text) {
  for (const char c : text) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

bool ends_line(std::string_view text) {
  return text.find_first_of("\n\r") != std::string_view::npos;
}

}  // namespace

bool Token::is(std::string_view keyword) const noexcept {
  return kind == Kind::word && text.size() == keyword.size() &&
         std::ranges::equal(text, keyword, {}, [](char c) { return upper(c); });
}

Lexer::Lexer(std::string_view text, const LexicalRules& rules, Place start)
    : text_(text), rules_(rules), place_(start) {}

std::optional<Token> Lexer::next() {
  if (position_ >= text_.size()) return std::nullopt;
  const auto end = find_end();
  Token token{.kind = end.kind, .closed = end.closed, .place = place_, .offset = position_, .text = take(end.offset)};
  if (token.kind == Kind::code_open) ++code_depth_;
  if (token.kind == Kind::code_close) --code_depth_;
  glued_ = token.kind == Kind::word || token.kind == Kind::quoted || token.kind == Kind::number || token.symbol(")") ||
           token.symbol("]");
  if (token.significant()) {
    const char first = upper(token.text[0]);
    const bool continues = escaping_ && line_behind_ && first == '\'';
    escaping_ = rules_.escape_strings && token.kind == Kind::string && (first == 'E' || continues);
    line_behind_ = false;
  } else {
    line_behind_ = line_behind_ || ends_line(token.text);
  }
  return token;
}

void Lexer::skip_byte_order_mark() noexcept {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (position_ == 0 && at(mark, 0)) position_ = mark.size();
}

std::string_view Lexer::take(std::size_t end) {
  end = std::clamp(end, position_, text_.size());
  const auto taken = text_.substr(position_, end - position_);
  place_ = behind(place_, taken);
  position_ = end;
  return taken;
}

std::size_t Lexer::line_end() const noexcept {
  return std::min(text_.find('\n', position_), text_.size());
}

bool Lexer::delimiter_at(std::size_t offset) const noexcept {
  if (!at(delimiter_, offset)) return false;
  const auto end = offset + delimiter_.size();
  return !is_name(delimiter_.back()) || end >= text_.size() || !is_name(text_[end]);
}

// Inside a word or an operator: END$$, where $$ is the delimiter. One that begins like a word stands alone.
bool Lexer::delimiter_inside(std::size_t offset) const noexcept {
  return delimiter_ != ";" && !is_name(delimiter_.front()) && delimiter_at(offset);
}

Lexer::End Lexer::find_end() {
  const char first = text_[position_];
  if (delimiter_at(position_)) return {Kind::delimiter, position_ + delimiter_.size()};
  if (is_space(first)) {
    auto end = position_ + 1;
    while (end < text_.size() && is_space(text_[end])) ++end;
    return {Kind::space, end};
  }
  if (const auto end = comment_end()) return *end;
  if (const auto end = string_end()) return *end;
  if (is_digit(first)) return number_end();
  if (first == '.' && !glued_ && position_ + 1 < text_.size() && is_digit(text_[position_ + 1])) return number_end();
  if (is_word(first)) return word_end();
  return operator_end();
}

std::optional<Lexer::End> Lexer::comment_end() {
  if (rules_.executable_comments) {
    for (const std::string_view open : {"/*!", "/*M!"}) {
      if (!at(open, position_)) continue;
      auto end = position_ + open.size();
      while (end < text_.size() && is_digit(text_[end])) ++end;
      return End{Kind::code_open, end};
    }
    if (code_depth_ > 0 && at("*/", position_)) return End{Kind::code_close, position_ + 2};
  }
  if (at("/*", position_)) return block_comment_end();
  const auto behind = position_ + 2;
  // White space there is taken as every control character is.
  const bool dashes = at("--", position_) && (!rules_.dashes_need_blank || behind >= text_.size() ||
                                              static_cast<unsigned char>(text_[behind]) <= ' ');
  if (!dashes && !(rules_.hash_comments && at("#", position_))) return std::nullopt;
  const auto end = text_.find_first_of(rules_.returns_end_lines ? "\n\r" : "\n", position_);
  return End{Kind::comment, std::min(end, text_.size())};
}

Lexer::End Lexer::block_comment_end() const {
  const auto kind = rules_.executable_comments && at("/*+", position_) ? Kind::hint : Kind::comment;
  auto end = position_ + 2;
  if (!rules_.nested_comments) {
    const auto close = text_.find("*/", end);
    return close == std::string_view::npos ? End{kind, text_.size(), false} : End{kind, close + 2};
  }
  for (std::size_t depth = 1; depth > 0;) {
    end = text_.find_first_of("/*", end);
    if (end == std::string_view::npos) return {kind, text_.size(), false};
    const bool opens = at("/*", end), closes = at("*/", end);
    if (opens) ++depth;
    if (closes) --depth;
    end += opens || closes ? 2 : 1;
  }
  return {kind, end};
}

// A string or a name in quotes, when one begins here.
std::optional<Lexer::End> Lexer::string_end() {
  const char first = text_[position_];
  if (first == '\'')
    return quoted_end(position_, rules_.backslash_escapes || (escaping_ && line_behind_), Kind::string);
  if (first == '"') {
    const bool is_string = rules_.double_quoted_strings;
    return quoted_end(position_, is_string && rules_.backslash_escapes, is_string ? Kind::string : Kind::quoted);
  }
  if ((first == '`' && rules_.backtick) || (first == '[' && rules_.bracket))
    return quoted_end(position_, false, Kind::quoted);
  if (first == '$' && rules_.dollar_quotes) return dollar_end();
  return std::nullopt;
}

// Behind the closing quote of what opens there; a doubled quote stands for itself.
Lexer::End Lexer::quoted_end(std::size_t open, bool escapes, Kind kind) const {
  const bool bracket = text_[open] == '[';
  const char close = bracket ? ']' : text_[open];
  for (auto i = open + 1; i < text_.size(); ++i) {
    if (escapes && text_[i] == '\\') {
      ++i;
    } else if (text_[i] == close) {
      if (bracket || i + 1 >= text_.size() || text_[i + 1] != close) return {kind, i + 1};
      ++i;
    }
  }
  return {kind, text_.size(), false};
}

// $tag$ … $tag$; nothing when the dollar opens none ($1, a lone $).
std::optional<Lexer::End> Lexer::dollar_end() const {
  auto end = position_ + 1;
  if (end < text_.size() && is_digit(text_[end])) return std::nullopt;
  while (end < text_.size() && is_name(text_[end])) ++end;
  if (end >= text_.size() || text_[end] != '$') return std::nullopt;
  const auto tag = text_.substr(position_, end + 1 - position_);
  const auto close = text_.find(tag, end + 1);
  if (close == std::string_view::npos) return End{Kind::string, text_.size(), false};
  return End{Kind::string, close + tag.size()};
}

Lexer::End Lexer::word_end() {
  auto end = position_ + 1;
  if (text_[position_] == '$' && end < text_.size() && is_digit(text_[end])) {
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return {Kind::parameter, end};
  }
  while (end < text_.size() && is_word(text_[end]) && !delimiter_inside(end)) ++end;
  if (const auto literal = prefixed_string(end)) return *literal;
  return {Kind::word, end};
}

// N'…', X'…', B'…', E'…', U&'…': the prefix belongs to the literal.
std::optional<Lexer::End> Lexer::prefixed_string(std::size_t end) {
  if (end != position_ + 1) return std::nullopt;
  const char prefix = upper(text_[position_]);
  if (at("'", end) && std::string_view("NXBE").find(prefix) != std::string_view::npos)
    return quoted_end(end, rules_.backslash_escapes || (rules_.escape_strings && prefix == 'E'), Kind::string);
  if (prefix != 'U' || !rules_.unicode_strings) return std::nullopt;
  if (at("&'", end)) return quoted_end(end + 1, false, Kind::string);
  if (at("&\"", end)) return quoted_end(end + 1, false, Kind::quoted);
  return std::nullopt;
}

// 1, 1.5, .5, 1e-3, 0xFF; a name that begins with a digit (2fa) is a word.
Lexer::End Lexer::number_end() const {
  const auto run = [&](std::size_t from, auto accepts) {
    while (from < text_.size() && accepts(text_[from]) && !delimiter_inside(from)) ++from;
    return from;
  };
  const auto digit_at = [&](std::size_t i) { return i < text_.size() && is_digit(text_[i]); };
  auto end = run(position_, [](char c) { return is_digit(c) || c == '_'; });
  if (at(".", end) && !at("..", end)) end = run(end + 1, is_digit);
  if (at("e", end) || at("E", end)) {
    const auto sign = at("+", end + 1) || at("-", end + 1) ? end + 2 : end + 1;
    if (digit_at(sign)) end = run(sign, is_digit);
  }
  const auto whole = run(end, is_word);
  if (whole == end) return {Kind::number, end};
  const auto text = text_.substr(position_, whole - position_);
  const bool radix =
      text[0] == '0' && text.size() > 2 && std::string_view("xXbBoO").find(text[1]) != std::string_view::npos;
  return {radix ? Kind::number : Kind::word, whole};
}

Lexer::End Lexer::operator_end() {
  static constexpr std::string_view fixed[] = {"<=>", "->>", "<=", ">=", "<>", "!=", "==", "<<",
                                               ">>",  "||",  "&&", "->", "::", ":=", "=>", ".."};
  const char first = text_[position_];
  if (!rules_.operator_runs && first == '?') return {Kind::parameter, position_ + 1};
  if (!rules_.operator_runs || !is_operator(first)) {
    const bool can_begin = std::string_view("<>=!-|&:.").find(first) != std::string_view::npos;
    for (const auto what : fixed)
      if (can_begin && at(what, position_) && !delimiter_inside(position_ + 1))
        return {Kind::symbol, position_ + what.size()};
    return {Kind::symbol, position_ + 1};
  }
  if (position_ < signs_until_) return {Kind::symbol, position_ + 1};
  auto end = position_ + 1;
  bool special = std::string_view("~!@#%^&|`?").find(first) != std::string_view::npos;
  for (; end < text_.size() && is_operator(text_[end]) && !at("--", end) && !at("/*", end); ++end) {
    if (delimiter_inside(end)) break;
    special = special || std::string_view("~!@#%^&|`?").find(text_[end]) != std::string_view::npos;
  }
  // A sign behind an operator is the operand's: a=-1. Of signs alone each is one, found once for all of them.
  const auto all = end;
  while (!special && end > position_ + 1 && (text_[end - 1] == '-' || text_[end - 1] == '+')) --end;
  if (end == position_ + 1 && (first == '-' || first == '+')) signs_until_ = all;
  return {Kind::symbol, end};
}

}  // namespace dbctl::sql
