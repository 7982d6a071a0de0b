#include "sql/tokens.hpp"

#include <algorithm>

namespace dbctl::sql {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) {
  return is_letter(c) || is_digit(c) || c == '$';
}

// Prefixes that belong to the string literal behind them: N'…', X'…', B'…', E'…', U&'…' is two tokens.
bool is_prefix(std::string_view word) {
  return word.size() == 1 && std::string_view("nNxXbBeE").find(word[0]) != std::string_view::npos;
}

}  // namespace

std::optional<Token> Tokens::next() {
  while (position_ < sql_.size() && (is_space(sql_[position_]) || skip_comment()))
    if (position_ < sql_.size() && is_space(sql_[position_])) ++position_;
  if (position_ >= sql_.size()) return std::nullopt;

  const auto begin = position_;
  const char first = sql_[begin];
  position_ = std::min(token_end(), sql_.size());
  const auto text = sql_.substr(begin, position_ - begin);
  using Kind = Token::Kind;
  if (first == ';') return Token{Kind::semicolon, text};
  if (std::ranges::all_of(text, is_word)) return Token{Kind::word, text};
  return Token{text.size() > 1 ? Kind::quoted : Kind::symbol, text};
}

// Moves behind a comment, or behind the marks that make one executable; false when there is none here.
bool Tokens::skip_comment() {
  if (rules_.executable_comments && (at("/*!") || at("/*M!"))) {
    position_ = sql_.find('!', position_) + 1;
    while (position_ < sql_.size() && is_digit(sql_[position_])) ++position_;
    return true;
  }
  if (rules_.executable_comments && at("*/")) {
    position_ += 2;
    return true;
  }
  if (at("/*")) {
    skip_block_comment();
    return true;
  }
  const bool dashes =
      at("--") && (!rules_.dashes_need_blank || position_ + 2 >= sql_.size() || is_space(sql_[position_ + 2]));
  if (!dashes && !(rules_.hash_comments && at("#"))) return false;
  position_ = std::min(sql_.find('\n', position_), sql_.size());
  return true;
}

void Tokens::skip_block_comment() {
  std::size_t depth = 0;
  do {
    if (at("/*") && (depth == 0 || rules_.nested_comments)) {
      ++depth;
      position_ += 2;
    } else if (at("*/")) {
      --depth;
      position_ += 2;
    } else {
      ++position_;
    }
  } while (depth > 0 && position_ < sql_.size());
}

std::size_t Tokens::token_end() const {
  const char first = sql_[position_];
  if (first == '\'') return quoted_end(position_, rules_.backslash_escapes);
  if (first == '"') return quoted_end(position_, rules_.double_quoted_strings && rules_.backslash_escapes);
  if ((first == '`' && rules_.backtick) || (first == '[' && rules_.bracket)) return quoted_end(position_, false);
  if (first == '$' && rules_.dollar_quotes)
    if (const auto end = dollar_end(); end != std::string_view::npos) return end;
  if (!is_word(first)) return position_ + 1;
  auto end = position_ + 1;
  while (end < sql_.size() && is_word(sql_[end])) ++end;
  if (end < sql_.size() && sql_[end] == '\'' && is_prefix(sql_.substr(position_, end - position_))) {
    const bool escaping = rules_.escape_strings && (first == 'e' || first == 'E');
    return quoted_end(end, rules_.backslash_escapes || escaping);
  }
  return end;
}

// Behind the closing quote of what opens at `begin`; a doubled quote stands for itself.
std::size_t Tokens::quoted_end(std::size_t begin, bool escapes) const {
  const char close = sql_[begin] == '[' ? ']' : sql_[begin];
  for (auto i = begin + 1; i < sql_.size(); ++i) {
    if (escapes && sql_[i] == '\\') {
      ++i;
    } else if (sql_[i] == close) {
      if (close == ']' || i + 1 >= sql_.size() || sql_[i + 1] != close) return i + 1;
      ++i;
    }
  }
  return sql_.size();
}

// Behind $tag$ … $tag$; npos when the dollar opens none ($1, a lone $).
std::size_t Tokens::dollar_end() const {
  auto end = position_ + 1;
  if (end < sql_.size() && is_digit(sql_[end])) return std::string_view::npos;
  while (end < sql_.size() && (is_letter(sql_[end]) || is_digit(sql_[end]))) ++end;
  if (end >= sql_.size() || sql_[end] != '$') return std::string_view::npos;
  const auto tag = sql_.substr(position_, end + 1 - position_);
  const auto close = sql_.find(tag, end + 1);
  return close == std::string_view::npos ? sql_.size() : close + tag.size();
}

}  // namespace dbctl::sql
