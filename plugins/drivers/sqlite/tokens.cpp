#include "tokens.hpp"

#include <algorithm>
#include <array>

#include "dbctl/base/text.hpp"

namespace dbctl::sqlite {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Token> all() {
    std::vector<Token> found;
    for (skip(); at_ < sql_.size(); skip()) found.push_back(next());
    return found;
  }

 private:
  bool starts(std::string_view what) const { return sql_.substr(at_).starts_with(what); }
  char peek(std::size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }
  void to_after(std::string_view end, std::size_t from) {
    const auto found = sql_.find(end, from);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
  }

  void skip() {
    while (at_ < sql_.size()) {
      if (blank(sql_[at_])) {
        ++at_;
      } else if (starts("--")) {
        to_after("\n", at_);
      } else if (starts("/*")) {
        to_after("*/", at_ + 2);
      } else {
        return;
      }
    }
  }

  /// `close` twice stands for itself, except for the bracket.
  Token quoted(Token::Kind kind, char close) {
    Token token{.kind = kind, .begin = at_++};
    while (at_ < sql_.size()) {
      const char c = sql_[at_++];
      if (c == close) {
        if (close == ']' || peek() != close) break;
        ++at_;
      }
      token.text += c;
    }
    token.end = at_;
    return token;
  }

  template <class Member>
  Token run(Token::Kind kind, Member member) {
    Token token{.kind = kind, .begin = at_};
    while (at_ < sql_.size() && member(sql_[at_])) ++at_;
    token.text = sql_.substr(token.begin, at_ - token.begin);
    token.end = at_;
    return token;
  }

  Token number() {
    Token token = run(Token::Kind::number, [](char c) { return digit(c) || letter(c) || c == '.'; });
    const char last = token.text.back();
    if ((last == 'e' || last == 'E') && (peek() == '+' || peek() == '-') && digit(peek(1))) {
      ++at_;
      token.text += sql_[token.end] + run(Token::Kind::number, digit).text;
      token.end = at_;
    }
    return token;
  }

  Token next() {
    const char c = sql_[at_];
    if (c == '\'') return quoted(Token::Kind::string, c);
    if (c == '"' || c == '`') return quoted(Token::Kind::quoted, c);
    if (c == '[') return quoted(Token::Kind::quoted, ']');
    if ((c == 'x' || c == 'X') && peek(1) == '\'') {
      const auto begin = at_++;
      Token token = quoted(Token::Kind::blob, '\'');
      token.begin = begin;
      return token;
    }
    if (letter(c)) return run(Token::Kind::word, [](char d) { return letter(d) || digit(d) || d == '$'; });
    if (digit(c) || (c == '.' && digit(peek(1)))) return number();
    ++at_;
    return {.kind = Token::Kind::symbol, .text = std::string(1, c), .begin = at_ - 1, .end = at_};
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

/// Words that are no names unless quoted, sorted.
constexpr auto reserved = std::to_array<std::string_view>(
    {"ADD",      "ALL",         "ALTER",      "AND",        "AS",        "AUTOINCREMENT", "BETWEEN",    "CASE",
     "CHECK",    "COLLATE",     "COMMIT",     "CONSTRAINT", "CREATE",    "DEFAULT",       "DEFERRABLE", "DELETE",
     "DISTINCT", "DROP",        "ELSE",       "ESCAPE",     "EXISTS",    "FOREIGN",       "FROM",       "GROUP",
     "HAVING",   "IN",          "INDEX",      "INSERT",     "INTERSECT", "INTO",          "IS",         "ISNULL",
     "JOIN",     "LIMIT",       "NOT",        "NOTHING",    "NOTNULL",   "NULL",          "ON",         "OR",
     "ORDER",    "PRIMARY",     "REFERENCES", "RETURNING",  "SELECT",    "SET",           "TABLE",      "THEN",
     "TO",       "TRANSACTION", "UNION",      "UNIQUE",     "UPDATE",    "USING",         "VALUES",     "WHEN",
     "WHERE"});
static_assert(std::ranges::is_sorted(reserved));

bool plain_name(std::string_view name) {
  return !name.empty() && letter(name[0]) && std::ranges::all_of(name, [](char c) { return letter(c) || digit(c); }) &&
         !std::ranges::binary_search(reserved, text::upper(name));
}

/// Whether the first parenthesis closes with the last token.
bool wrapped(const std::vector<Token>& all, std::size_t first, std::size_t last) {
  if (last <= first + 1 || !all[first].symbol('(')) return false;
  int depth = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (all[i].symbol('(')) ++depth;
    if (all[i].symbol(')') && --depth == 0) return i + 1 == last;
  }
  return false;
}

}  // namespace

bool Token::is(std::string_view keyword) const {
  return kind == Kind::word && text::upper(text) == keyword;
}

std::vector<Token> tokens(std::string_view sql) {
  return Scanner(sql).all();
}

std::string canonical_expression(std::string_view sql) {
  const auto all = tokens(sql);
  std::size_t first = 0, last = all.size();
  for (; wrapped(all, first, last); ++first, --last) {
  }
  std::string result;
  for (std::size_t i = first; i < last; ++i) {
    if (i > first && all[i].begin > all[i - 1].end) result += ' ';
    const bool bare = all[i].kind == Token::Kind::quoted && plain_name(all[i].text);
    result += bare ? std::string_view(all[i].text) : sql.substr(all[i].begin, all[i].end - all[i].begin);
  }
  return result;
}

std::string unqualified(std::string_view expression, std::string_view table) {
  const auto all = tokens(expression);
  std::string result;
  std::size_t kept = 0;
  for (std::size_t i = 0; i + 2 < all.size(); ++i) {
    const bool qualifies = all[i].name() && all[i + 1].symbol('.') && text::lower(all[i].text) == text::lower(table);
    if (!qualifies) continue;
    result += expression.substr(kept, all[i].begin - kept);
    kept = all[i + 2].begin;
  }
  return result + std::string(expression.substr(kept));
}

}  // namespace dbctl::sqlite
