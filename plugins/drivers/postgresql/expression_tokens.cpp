#include <algorithm>
#include <array>
#include <cctype>

#include "expression_parser.hpp"

namespace dbctl::postgresql {
namespace {

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & '\x80') != 0;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_operator(char c) {
  return std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Names that mean something else without quotes.
bool is_reserved(std::string_view word) {
  static constexpr std::array words = std::to_array<std::string_view>({"all",          "analyse",
                                                                       "analyze",      "and",
                                                                       "any",          "array",
                                                                       "as",           "asc",
                                                                       "both",         "case",
                                                                       "cast",         "check",
                                                                       "collate",      "column",
                                                                       "constraint",   "create",
                                                                       "current_date", "current_role",
                                                                       "current_time", "current_timestamp",
                                                                       "current_user", "default",
                                                                       "deferrable",   "desc",
                                                                       "distinct",     "do",
                                                                       "else",         "end",
                                                                       "except",       "false",
                                                                       "fetch",        "for",
                                                                       "foreign",      "from",
                                                                       "grant",        "group",
                                                                       "having",       "in",
                                                                       "initially",    "intersect",
                                                                       "into",         "lateral",
                                                                       "leading",      "limit",
                                                                       "localtime",    "localtimestamp",
                                                                       "not",          "null",
                                                                       "offset",       "on",
                                                                       "only",         "or",
                                                                       "order",        "placing",
                                                                       "primary",      "references",
                                                                       "returning",    "select",
                                                                       "session_user", "some",
                                                                       "symmetric",    "table",
                                                                       "then",         "to",
                                                                       "trailing",     "true",
                                                                       "union",        "unique",
                                                                       "user",         "using",
                                                                       "variadic",     "when",
                                                                       "where",        "window",
                                                                       "with"});
  return std::ranges::find(words, word) != words.end();
}

/// The text between `quote`s that begins at `at`, doubled quotes undone; `at` moves behind it.
std::optional<std::string> take_quoted(std::string_view sql, std::size_t& at, char quote) {
  std::string text;
  for (++at; at < sql.size(); ++at) {
    if (sql[at] == quote) {
      if (++at == sql.size() || sql[at] != quote) return text;
    }
    text += sql[at];
  }
  return std::nullopt;
}

std::string take_while(std::string_view sql, std::size_t& at, bool (*belongs)(char)) {
  const auto start = at;
  while (at < sql.size() && belongs(sql[at])) ++at;
  return std::string(sql.substr(start, at - start));
}

Token take_number(std::string_view sql, std::size_t& at) {
  auto text = take_while(sql, at, [](char c) { return is_digit(c) || c == '.'; });
  if (at < sql.size() && lower(sql[at]) == 'e') {
    text += 'e';
    ++at;
    if (at < sql.size() && (sql[at] == '-' || sql[at] == '+')) text += sql[at++];
    text += take_while(sql, at, is_digit);
  }
  return {Token::Kind::number, text};
}

std::optional<Token> take_token(std::string_view sql, std::size_t& at) {
  const char c = sql[at];
  if (c == '\'' || c == '"') {
    auto text = take_quoted(sql, at, c);
    if (!text) return std::nullopt;
    return Token{c == '"' ? Token::Kind::quoted : Token::Kind::string, std::move(*text)};
  }
  if (is_letter(c)) {
    auto text = take_while(sql, at, [](char x) { return is_letter(x) || is_digit(x) || x == '$'; });
    if (at < sql.size() && sql[at] == '\'' && text.size() == 1 && c != 'n' && c != 'N') return std::nullopt;
    std::ranges::transform(text, text.begin(), lower);
    return Token{Token::Kind::word, std::move(text)};
  }
  if (is_digit(c) || (c == '.' && at + 1 < sql.size() && is_digit(sql[at + 1]))) return take_number(sql, at);
  if (sql.substr(at, 2) == "::") return at += 2, Token{Token::Kind::symbol, "::"};
  if (std::string_view("(),[].:").find(c) != std::string_view::npos)
    return ++at, Token{Token::Kind::symbol, std::string(1, c)};
  if (!is_operator(c)) return std::nullopt;
  auto text = take_while(sql, at, is_operator);
  // an operator does not end in + or - unless it has one of these characters: `a<-1` is `a < -1`
  while (text.size() > 1 && (text.back() == '-' || text.back() == '+') &&
         text.find_first_of("~!@#%^&|`?") == std::string::npos) {
    text.pop_back();
    --at;
  }
  return Token{Token::Kind::symbol, text == "!=" ? "<>" : text};
}

}  // namespace

std::optional<std::vector<Token>> tokenize(std::string_view sql) {
  std::vector<Token> tokens;
  for (std::size_t at = 0;;) {
    while (at < sql.size() && std::isspace(static_cast<unsigned char>(sql[at])) != 0) ++at;
    if (at == sql.size()) break;
    if (sql.substr(at, 2) == "--" || sql.substr(at, 2) == "/*") return std::nullopt;
    auto token = take_token(sql, at);
    if (!token) return std::nullopt;
    tokens.push_back(std::move(*token));
  }
  tokens.emplace_back();
  return tokens;
}

std::string quoted_string(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + '\'';
}

std::string spelling(const Token& token) {
  switch (token.kind) {
    case Token::Kind::string:
      return quoted_string(token.text);
    case Token::Kind::quoted: {
      const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; };
      const bool simple =
          !token.text.empty() && !is_digit(token.text.front()) && std::ranges::all_of(token.text, plain);
      if (simple && !is_reserved(token.text)) return token.text;
      std::string out = "\"";
      for (const char c : token.text) {
        if (c == '"') out += '"';
        out += c;
      }
      return out + '"';
    }
    case Token::Kind::word:
    case Token::Kind::number:
    case Token::Kind::symbol:
    case Token::Kind::end:
      break;
  }
  return token.text;
}

}  // namespace dbctl::postgresql
