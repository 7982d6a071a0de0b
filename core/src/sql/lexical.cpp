#include "dbctl/sql/lexical.hpp"

#include <algorithm>

#include "dbctl/base/text.hpp"
#include "sql/tokens.hpp"

namespace dbctl::sql {
namespace {

// Follows one statement's words to know whether a semicolon ends it or stands in the body of a stored program.
class Body {
 public:
  void read(const Token& token) {
    if (token.kind != Token::Kind::word) {
      after_end_ = false;
      return;
    }
    const auto word = text::upper(token.text);
    if (words_++ == 0) create_ = word == "CREATE";
    // END IF, END LOOP … close what opened without being counted; END CASE closes its CASE.
    const bool closes_block = after_end_ && is_one_of(word, {"IF", "LOOP", "WHILE", "REPEAT", "FOR"});
    const bool closes_case = after_end_ && word == "CASE";
    after_end_ = false;
    if (create_ && depth_ == 0 && is_one_of(word, {"TRIGGER", "FUNCTION", "PROCEDURE", "EVENT"})) program_ = true;
    if (!program_) return;
    if (closes_block) {
      ++depth_;
    } else if (word == "BEGIN" || (word == "CASE" && !closes_case && depth_ > 0)) {
      ++depth_;
    } else if (word == "END" && depth_ > 0) {
      --depth_;
      after_end_ = true;
    }
  }
  bool open() const { return depth_ > 0; }

 private:
  static bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
  }

  std::size_t words_ = 0;
  std::size_t depth_ = 0;
  bool create_ = false;
  bool program_ = false;
  bool after_end_ = false;
};

struct Extent {
  std::size_t statements = 0;
  std::size_t end = 0;  ///< behind the last token that is not a final semicolon
};

Extent measure(std::string_view sql, const LexicalRules& rules) {
  Extent extent;
  Tokens tokens(sql, rules);
  Body body;
  bool empty = true;
  while (const auto token = tokens.next()) {
    if (token->kind == Token::Kind::semicolon && !body.open()) {
      body = {};
      empty = true;
      continue;
    }
    if (empty) ++extent.statements;
    empty = false;
    body.read(*token);
    extent.end = static_cast<std::size_t>(token->text.data() - sql.data()) + token->text.size();
  }
  return extent;
}

}  // namespace

std::vector<std::string> leading_words(std::string_view sql, const LexicalRules& rules, std::size_t most) {
  std::vector<std::string> words;
  Tokens tokens(sql, rules);
  while (words.size() < most) {
    const auto token = tokens.next();
    if (!token || token->kind != Token::Kind::word) break;
    words.push_back(text::upper(token->text));
  }
  return words;
}

std::size_t count_statements(std::string_view sql, const LexicalRules& rules) {
  return measure(sql, rules).statements;
}

std::string_view without_terminator(std::string_view sql, const LexicalRules& rules) {
  return sql.substr(0, measure(sql, rules).end);
}

std::string normalise(std::string_view sql, const LexicalRules& rules) {
  std::string normal;
  Tokens tokens(sql, rules);
  while (const auto token = tokens.next()) {
    if (!normal.empty()) normal += ' ';
    normal += token->kind == Token::Kind::word ? text::lower(token->text) : std::string(token->text);
  }
  return normal;
}

}  // namespace dbctl::sql
