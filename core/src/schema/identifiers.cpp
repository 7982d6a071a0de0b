#include "schema/identifiers.hpp"

#include <algorithm>
#include <vector>

namespace dbctl::schema::identifiers {
namespace {

struct Word {
  std::size_t begin, end;  ///< without quotes
  bool quoted = false;
  bool column = false;  ///< may name a column
  bool table = false;   ///< stands before a point
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_word(char c) {
  return starts_word(c) || is_digit(c) || c == '$';
}

/// Reads an expression once, from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Word> words() {
    while (at_ < sql_.size()) step();
    return std::move(words_);
  }

 private:
  void step() {
    const char c = sql_[at_];
    if (c == '\'')
      skip_text();
    else if (c == '"' || c == '`')
      quoted(c);
    else if (starts("--"))
      skip_past("\n");
    else if (starts("/*"))
      skip_past("*/");
    else if (starts("::"))
      cast();
    else if (is_digit(c))
      skip_word();
    else if (starts_word(c))
      bare();
    else
      ++at_;
  }

  bool starts(std::string_view s) const { return sql_.substr(at_, s.size()) == s; }
  void skip_past(std::string_view end) {
    const auto found = sql_.find(end, at_ + 1);
    at_ = found == std::string_view::npos ? sql_.size() : found + end.size();
  }
  void skip_word() {
    while (at_ < sql_.size() && continues_word(sql_[at_])) ++at_;
  }
  void skip_blanks() {
    while (at_ < sql_.size() && is_blank(sql_[at_])) ++at_;
  }
  void skip_text() {
    do {
      const auto end = sql_.find('\'', at_ + 1);
      at_ = end == std::string_view::npos ? sql_.size() : end + 1;
    } while (at_ < sql_.size() && sql_[at_] == '\'');
  }
  void cast() {
    at_ += 2;
    skip_blanks();
    skip_word();
  }
  void quoted(char quote) {
    const std::size_t begin = at_ + 1;
    std::size_t end = sql_.find(quote, begin);
    while (end != std::string_view::npos && end + 1 < sql_.size() && sql_[end + 1] == quote)
      end = sql_.find(quote, end + 2);
    if (end == std::string_view::npos) end = sql_.size();
    at_ = std::min(end + 1, sql_.size());
    add({.begin = begin, .end = end, .quoted = true});
  }
  void bare() {
    const std::size_t begin = at_;
    skip_word();
    add({.begin = begin, .end = at_});
  }
  void add(Word word) {
    const auto next = sql_.find_first_not_of(" \t\r\n", at_);
    const char follows = next == std::string_view::npos ? '\0' : sql_[next];
    word.table = follows == '.';
    word.column = follows != '.' && follows != '(' && (word.quoted || follows != '\'');
    words_.push_back(word);
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

bool is_named(std::string_view sql, const Word& word, std::string_view name) {
  const auto text = sql.substr(word.begin, word.end - word.begin);
  return word.quoted ? text == name : same(text, name);
}

std::string rename(std::string_view sql, std::string_view from, std::string_view to, bool Word::*role) {
  std::string out;
  std::size_t done = 0;
  for (const auto& word : Scanner(sql).words()) {
    if (!(word.*role) || !is_named(sql, word, from)) continue;
    out.append(sql.substr(done, word.begin - done)).append(to);
    done = word.end;
  }
  return out.append(sql.substr(done));
}

}  // namespace

bool mentions(std::string_view expression, std::string_view column) {
  const auto words = Scanner(expression).words();
  return std::ranges::any_of(words, [&](const Word& w) { return w.column && is_named(expression, w, column); });
}

std::string rename_column(std::string_view expression, std::string_view from, std::string_view to) {
  return rename(expression, from, to, &Word::column);
}

std::string rename_table(std::string_view expression, std::string_view from, std::string_view to) {
  return rename(expression, from, to, &Word::table);
}

bool same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return a.size() == b.size() && std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace dbctl::schema::identifiers
