#include "expression_tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "dbctl/base/text.hpp"

namespace dbctl::mysql {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' || (c & '\x80') != 0;
}

/// What a backslash and the character after it stand for.
char unescaped(char c) {
  switch (c) {
    case '0':
      return '\0';
    case 'b':
      return '\b';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'Z':
      return '\x1a';
    default:
      return c;
  }
}

std::optional<std::string> take_quoted(std::string_view sql, std::size_t& at) {
  const char quote = sql[at];
  std::string text;
  for (++at; at < sql.size(); ++at) {
    if (sql[at] == quote) {
      if (++at == sql.size() || sql[at] != quote) return text;
    } else if (sql[at] == '\\' && quote != '`') {
      if (++at == sql.size()) break;
      if (sql[at] == '%' || sql[at] == '_') text += '\\';  // these stay for LIKE
      text += unescaped(sql[at]);
      continue;
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
  if (at + 1 < sql.size() && (sql[at] == 'e' || sql[at] == 'E') &&
      (is_digit(sql[at + 1]) || sql[at + 1] == '-' || sql[at + 1] == '+')) {
    text += 'e';
    if (sql[++at] != '+') text += sql[at];
    ++at;
    text += take_while(sql, at, is_digit);
  }
  return {Token::Kind::number, text};
}

std::optional<Token> take_word(std::string_view sql, std::size_t& at) {
  auto text = text::lower(take_while(sql, at, [](char c) { return is_letter(c) || is_digit(c); }));
  if (at < sql.size() && sql[at] == '\'') {
    if (text == "x" || text == "b") {
      const auto digits = take_quoted(sql, at);
      if (!digits) return std::nullopt;
      return Token{Token::Kind::number, text + "'" + text::lower(*digits) + "'"};
    }
    if (text == "n" || text.starts_with("_")) {  // a character set
      auto contents = take_quoted(sql, at);
      if (!contents) return std::nullopt;
      return Token{Token::Kind::string, std::move(*contents)};
    }
  }
  return Token{Token::Kind::word, std::move(text)};
}

std::optional<Token> take_symbol(std::string_view sql, std::size_t& at) {
  static constexpr std::array symbols = std::to_array<std::string_view>(
      {"->>", "<=>", "->", "<>", "!=", ">=", "<=", "<<", ">>", "&&", "||", "+", "-", "*",
       "/",   "%",   "^",  "&",  "|",  "~",  "<",  ">",  "=",  "!",  "(",  ")", ",", "."});
  for (const auto symbol : symbols)
    if (sql.substr(at, symbol.size()) == symbol) {
      at += symbol.size();
      return Token{Token::Kind::symbol, symbol == "!=" ? "<>" : std::string(symbol)};
    }
  return std::nullopt;
}

std::optional<Token> take_token(std::string_view sql, std::size_t& at) {
  const char c = sql[at];
  if (c == '\'' || c == '"' || c == '`') {
    auto text = take_quoted(sql, at);
    if (!text) return std::nullopt;
    return Token{c == '`' ? Token::Kind::quoted : Token::Kind::string, std::move(*text)};
  }
  if (c == '0' && at + 1 < sql.size() && sql[at + 1] == 'x') {
    at += 2;
    const auto digits = take_while(sql, at, [](char x) { return std::isxdigit(static_cast<unsigned char>(x)) != 0; });
    return Token{Token::Kind::number, "x'" + text::lower(digits) + "'"};
  }
  if (is_digit(c) || (c == '.' && at + 1 < sql.size() && is_digit(sql[at + 1]))) return take_number(sql, at);
  if (is_letter(c)) return take_word(sql, at);
  return take_symbol(sql, at);
}

/// Key words that are plausible names of columns, and those that expressions are made of.
bool is_reserved(std::string_view word) {
  static constexpr std::array words = std::to_array<std::string_view>(
      {"all",       "and",        "as",        "asc",          "between",    "binary",   "by",      "call",
       "case",      "cast",       "change",    "char",         "check",      "collate",  "column",  "condition",
       "convert",   "cross",      "cube",      "current_date", "database",   "date",     "default", "delete",
       "desc",      "describe",   "distinct",  "div",          "double",     "drop",     "else",    "end",
       "exists",    "explain",    "false",     "float",        "for",        "force",    "from",    "function",
       "generated", "get",        "grant",     "group",        "grouping",   "groups",   "having",  "if",
       "ignore",    "in",         "index",     "insert",       "int",        "interval", "into",    "is",
       "join",      "key",        "keys",      "kill",         "lag",        "lead",     "left",    "like",
       "limit",     "lines",      "load",      "lock",         "long",       "loop",     "match",   "mod",
       "natural",   "not",        "null",      "of",           "on",         "option",   "or",      "order",
       "out",       "over",       "partition", "primary",      "range",      "rank",     "read",    "real",
       "recursive", "references", "regexp",    "release",      "rename",     "repeat",   "replace", "require",
       "return",    "right",      "rlike",     "row",          "row_number", "rows",     "schema",  "select",
       "set",       "show",       "signal",    "sql",          "system",     "table",    "then",    "time",
       "timestamp", "to",         "trigger",   "true",         "union",      "unique",   "unlock",  "update",
       "usage",     "use",        "using",     "values",       "when",       "where",    "while",   "window",
       "with",      "write",      "xor"});
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::optional<std::vector<Token>> tokenize(std::string_view sql) {
  std::vector<Token> tokens;
  for (std::size_t at = 0;;) {
    while (at < sql.size() && std::isspace(static_cast<unsigned char>(sql[at])) != 0) ++at;
    if (at == sql.size()) break;
    if (sql.substr(at, 2) == "/*") return std::nullopt;
    auto token = take_token(sql, at);
    if (!token) return std::nullopt;
    tokens.push_back(std::move(*token));
  }
  tokens.emplace_back();
  return tokens;
}

std::string quoted_string(std::string_view text) {
  return '\'' + text::replace_all(text::replace_all(std::string(text), "\\", "\\\\"), "'", "''") + '\'';
}

std::string quoted_name(std::string_view name) {
  const auto lower = text::lower(name);
  const auto plain = [](char c) { return is_letter(c) || is_digit(c); };
  if (!lower.empty() && !is_digit(lower.front()) && std::ranges::all_of(lower, plain) && !is_reserved(lower))
    return lower;
  return '`' + text::replace_all(std::string(name), "`", "``") + '`';
}

}  // namespace dbctl::mysql
