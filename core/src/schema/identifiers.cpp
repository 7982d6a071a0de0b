#include "schema/identifiers.hpp"

#include <algorithm>

#include "schema/words.hpp"

namespace dbctl::schema::identifiers {
namespace {

struct Word {
  std::size_t begin, end;  ///< without quotes
  bool quoted = false;
  bool column = false;     ///< may name a column
  bool table = false;      ///< stands before a point
  bool qualified = false;  ///< stands behind a point
  bool operand = false;    ///< stands where a value begins
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
  /// Whether there was something that databases read in more than one way; known after words().
  bool is_ambiguous() const { return ambiguous_; }

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
      number();
    else if (starts_word(c))
      bare();
    else
      mark(c);
  }
  void mark(char c) {
    ambiguous_ = ambiguous_ || c == '$' || c == '#';  // a quoted text, a comment or an operator
    if (c == '(') ++depth_;
    if (c == ')') --depth_;
    if (depth_ < type_depth_) type_depth_ = -1;
    if (!is_blank(c)) after_value_ = c == ')' || c == ']';
    ++at_;
  }
  void number() {
    skip_word();
    after_value_ = true;
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
    after_value_ = true;
    do {
      const auto end = sql_.find('\'', at_ + 1);
      ambiguous_ = ambiguous_ || sql_.substr(at_, end - at_).find('\\') != std::string_view::npos;
      at_ = end == std::string_view::npos ? sql_.size() : end + 1;
    } while (at_ < sql_.size() && sql_[at_] == '\'');
  }
  void cast() {
    at_ += 2;
    skip_blanks();
    skip_word();
    after_value_ = true;
  }
  void quoted(char quote) {
    const std::size_t begin = at_ + 1;
    std::size_t end = sql_.find(quote, begin);
    while (end != std::string_view::npos && end + 1 < sql_.size() && sql_[end + 1] == quote)
      end = sql_.find(quote, end + 2);
    if (end == std::string_view::npos) end = sql_.size();
    at_ = std::min(end + 1, sql_.size());
    add({.begin = begin, .end = end, .quoted = true});
    after_value_ = true;
  }
  void bare() {
    const std::size_t begin = at_;
    skip_word();
    add({.begin = begin, .end = at_});
    const auto word = sql_.substr(begin, at_ - begin);
    after_value_ = !words::is_known(word);
    after_name_of_ = same(word, "collate") || same(word, "using");
    if (same(word, "as") && type_depth_ < 0) type_depth_ = depth_;
    ambiguous_ = ambiguous_ || same(word, "select");
  }
  void add(Word word) {
    const auto next = sql_.find_first_not_of(" \t\r\n", at_);
    const char follows = next == std::string_view::npos ? '\0' : sql_[next];
    word.table = follows == '.';
    word.column = follows != '.' && follows != '(' && (word.quoted || follows != '\'');
    const std::size_t start = word.begin - (word.quoted ? 1 : 0);
    const char before = start == 0 ? '\0' : sql_[start - 1];
    const auto two = next == std::string_view::npos ? std::string_view() : sql_.substr(next, 2);
    word.qualified = before == '.';
    word.operand = !after_value_ && !after_name_of_ && type_depth_ < 0 && before != '@' && two != "=>" && two != ":=";
    after_name_of_ = false;
    words_.push_back(word);
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
  bool ambiguous_ = false;
  bool after_value_ = false;    ///< what comes now can be an operator only
  bool after_name_of_ = false;  ///< what comes now is a collation or a character set
  int depth_ = 0;
  int type_depth_ = -1;  ///< of the parentheses in which AS introduced a type
};

std::string_view text_of(std::string_view sql, const Word& word) {
  return sql.substr(word.begin, word.end - word.begin);
}

bool is_named(std::string_view sql, const Word& word, std::string_view name) {
  const auto text = text_of(sql, word);
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

bool mentions_bare(std::string_view expression, std::string_view name) {
  const auto words = Scanner(expression).words();
  return std::ranges::any_of(
      words, [&](const Word& w) { return !w.quoted && (w.column || w.table) && is_named(expression, w, name); });
}

std::vector<std::string> columns_named(std::string_view expression, std::string_view table) {
  Scanner scanner(expression);
  const auto words = scanner.words();
  std::vector<std::string> out;
  if (scanner.is_ambiguous()) return out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    const auto text = text_of(expression, word);
    if (!word.column || (word.quoted && expression[word.begin - 1] == '"')) continue;
    const bool of_table = word.qualified && i > 0 && words[i - 1].table && is_named(expression, words[i - 1], table);
    const bool alone = !word.qualified && word.operand && (word.quoted || !words::is_known(text));
    if (of_table || alone) out.emplace_back(text);
  }
  return out;
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
