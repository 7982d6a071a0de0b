#include "sql/pattern.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"

namespace dbctl::sql {
namespace {

using Kind = Token::Kind;

std::string unquoted(const Token& token, Letters letters) {
  if (token.kind == Kind::word) return letters == Letters::folded ? text::lower(token.text) : std::string(token.text);
  const auto open = token.text.find_first_of("\"`['");
  if (open == std::string_view::npos || token.text.size() < open + 2) return std::string(token.text);
  const std::string close(1, token.text.back());
  return text::replace_all(std::string(token.text.substr(open + 1, token.text.size() - open - 2)), close + close,
                           close);
}

/// The first element of a pattern and the rest; what is in brackets is one.
std::pair<std::string_view, std::string_view> first_of(std::string_view pattern) {
  const bool optional = pattern.starts_with('[');
  const auto end = optional ? pattern.find(']') + 1 : std::min(pattern.find(' '), pattern.size());
  return {pattern.substr(0, end), pattern.substr(std::min(end + 1, pattern.size()))};
}

}  // namespace

const Token* StatementTokens::at(std::size_t n) {
  while (tokens_.size() <= n) {
    const auto token = lexer_.next();
    if (!token) return nullptr;
    if (token->significant() && token->kind != Kind::code_open && token->kind != Kind::code_close)
      tokens_.push_back(*token);
  }
  return &tokens_[n];
}

PatternMatch::Next PatternMatch::match(std::string_view pattern, std::size_t position) {
  while (!pattern.empty()) {
    const auto [element, rest] = first_of(pattern);
    if (element == "..." || element == "***") return match_after_any(rest, position, element == "***");
    if (element.starts_with('[')) {
      position = match(element.substr(1, element.size() - 2), position).value_or(position);
    } else {
      const auto next = match_element(element, position);
      if (!next) return std::nullopt;
      position = *next;
    }
    pattern = rest;
  }
  return position;
}

PatternMatch::Next PatternMatch::match_element(std::string_view element, std::size_t position) {
  if (element == "END") return tokens_.at(position) == nullptr ? Next(position) : std::nullopt;
  if (element == "names" || element == "renames") return match_names(position, element == "renames");
  if (element == "name" || element == "on") {
    ObjectName name;
    const auto next = match_name(position, name);
    if (!next) return std::nullopt;
    if (element == "on")
      on = std::move(name);
    else
      names.push_back(std::move(name));
    return next;
  }
  if (element.starts_with("to:")) {
    const auto found = skip_to(element.substr(3), position);
    return found ? match_element("kind:" + std::string(element.substr(3)), *found) : std::nullopt;
  }
  if (tokens_.at(position) == nullptr) return std::nullopt;
  if (element == "any") return position + 1;
  const bool captures = element.starts_with("kind:");
  if (!is_one_of(position, captures ? element.substr(5) : element)) return std::nullopt;
  if (captures) kind = text::lower(tokens_.at(position)->text);
  return position + 1;
}

// The nearest place from which the rest matches. Where a second "..." found no match up to the end, it finds none from
// a later beginning either: going on would only take time that grows with the square of the statement.
PatternMatch::Next PatternMatch::match_after_any(std::string_view rest, std::size_t position, bool inside_parentheses) {
  int depth = 0;
  for (; const auto* token = tokens_.at(position); ++position) {
    if (inside_parentheses || depth == 0) {
      const auto captured = names.size();
      if (const auto next = match(rest, position)) return next;
      names.resize(captured);
      if (exhausted_ && !inside_parentheses) return std::nullopt;
    }
    token = tokens_.at(position);  // matching read more tokens
    if (token->symbol("(")) ++depth;
    if (token->symbol(")")) --depth;
  }
  const auto next = match(rest, position);
  exhausted_ = !next;
  return next;
}

PatternMatch::Next PatternMatch::skip_to(std::string_view words, std::size_t position) {
  int depth = 0;
  for (; const auto* token = tokens_.at(position); ++position) {
    if (depth == 0 && is_one_of(position, words)) return position;
    token = tokens_.at(position);
    if (token->symbol("(")) ++depth;
    if (token->symbol(")")) --depth;
  }
  return std::nullopt;
}

PatternMatch::Next PatternMatch::match_names(std::size_t position, bool renames) {
  for (;; ++position) {
    for (int part = 0; part < (renames ? 2 : 1); ++part) {
      if (part == 1 && !is_one_of(position++, "TO")) return std::nullopt;
      ObjectName name;
      const auto next = match_name(position, name);
      if (!next) return std::nullopt;
      names.push_back(std::move(name));
      position = *next;
    }
    if (!is_one_of(position, ",")) return position;
  }
}

// At most four parts, as the most that any database has: server.database.schema.name.
PatternMatch::Next PatternMatch::match_name(std::size_t position, ObjectName& name) {
  for (int parts = 0; parts < 4; ++parts, position += 2) {
    const auto* token = tokens_.at(position);
    if (token == nullptr || (token->kind != Kind::word && token->kind != Kind::quoted)) return std::nullopt;
    name = {.schema = std::move(name.name), .name = unquoted(*token, tokens_.letters())};
    if (!is_one_of(position + 1, ".")) return position + 1;
  }
  return std::nullopt;
}

// `words` are separated by bars; anything but a keyword stands for itself.
bool PatternMatch::is_one_of(std::size_t position, std::string_view words) {
  const auto* token = tokens_.at(position);
  if (token == nullptr) return false;
  while (!words.empty()) {
    const auto word = words.substr(0, words.find('|'));
    if (token->is(word) || token->symbol(word)) return true;
    words.remove_prefix(std::min(word.size() + 1, words.size()));
  }
  return false;
}

}  // namespace dbctl::sql
