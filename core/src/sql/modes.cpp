#include "sql/modes.hpp"

#include <algorithm>
#include <vector>

#include "dbctl/base/text.hpp"
#include "dbctl/sql/split.hpp"
#include "sql/characters.hpp"

namespace dbctl::sql {
namespace {

using Kind = Token::Kind;

std::vector<Token> significant(std::string_view statement, const LexicalRules& rules) {
  std::vector<Token> tokens;
  Lexer lexer(statement, rules);
  while (const auto token = lexer.next())
    if (token->significant()) tokens.push_back(*token);
  return tokens;
}

/// Reads `SET a = x, GLOBAL b = y`, one assignment after the other.
class Assignments {
 public:
  Assignments(std::vector<Token> tokens, const LexicalRules& rules, std::uint32_t modes)
      : tokens_(std::move(tokens)), rules_(rules), modes_(modes) {}

  std::uint32_t read() {
    while (position_ < tokens_.size()) read_one();
    return modes_;
  }

 private:
  void read_one() {
    const auto begin = position_;
    while (position_ < tokens_.size() && !assigns(tokens_[position_]) && !tokens_[position_].symbol(",")) ++position_;
    const auto name_end = position_;
    std::vector<std::string> words;
    int depth = 0;
    for (; position_ < tokens_.size(); ++position_) {
      const auto& token = tokens_[position_];
      if (token.symbol("(")) ++depth;
      if (token.symbol(")")) --depth;
      if (depth <= 0 && token.symbol(",")) break;
      collect(token, words);
    }
    ++position_;
    assign(begin, name_end, words);
  }

  static bool assigns(const Token& token) { return token.symbol("=") || token.symbol(":=") || token.is("TO"); }

  /// The words of a value: sql_mode = 'A,B' has two.
  static void collect(const Token& token, std::vector<std::string>& words) {
    std::string word;
    for (const char c : token.text) {
      if (is_name(c)) {
        word += c;
      } else if (!word.empty()) {
        words.push_back(text::lower(word));
        word.clear();
      }
    }
    if (!word.empty()) words.push_back(text::lower(word));
  }

  void assign(std::size_t begin, std::size_t end, const std::vector<std::string>& words) {
    if (begin >= end) return;
    for (auto i = begin; i < end; ++i)
      if (tokens_[i].is("GLOBAL") || tokens_[i].is("PERSIST") || tokens_[i].is("PERSIST_ONLY")) return;
    const auto variable = text::lower(tokens_[end - 1].text);
    const auto has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
    // @@sql_mode inside the value: what holds stays, unless the value takes words away.
    const bool adds = has(variable) && !has("replace");
    for (std::size_t i = 0; i < rules_.modes.size(); ++i) {
      if (rules_.modes[i].variable != variable) continue;
      const auto bit = std::uint32_t{1} << i;
      if (has(rules_.modes[i].value) && !has("replace"))
        modes_ |= bit;
      else if (!adds)
        modes_ &= ~bit;
    }
  }

  std::vector<Token> tokens_;
  const LexicalRules& rules_;
  std::uint32_t modes_;
  std::size_t position_ = 0;
};

std::uint32_t reset(const std::vector<Token>& tokens, const LexicalRules& rules, std::uint32_t modes) {
  if (tokens.size() != 2) return modes;
  for (std::size_t i = 0; i < rules.modes.size(); ++i)
    if (tokens[1].is("ALL") || text::lower(tokens[1].text) == rules.modes[i].variable)
      modes &= ~(std::uint32_t{1} << i);
  return modes;
}

}  // namespace

std::uint32_t modes_after(std::string_view statement, const LexicalRules& rules, std::uint32_t before) {
  if (rules.modes.empty()) return before;
  const auto words = leading_words(statement, rules, 1);
  if (words.empty() || (words[0] != "SET" && words[0] != "RESET")) return before;
  auto tokens = significant(statement, in_modes(rules, before));
  std::erase_if(tokens, [](const Token& t) { return t.kind == Kind::code_open || t.kind == Kind::code_close; });
  if (words[0] == "RESET") return reset(tokens, rules, before);
  tokens.erase(tokens.begin());
  return Assignments(std::move(tokens), rules, before).read();
}

LexicalRules in_modes(const LexicalRules& rules, std::uint32_t modes) {
  auto changed = rules;
  for (std::size_t i = 0; i < rules.modes.size(); ++i)
    if ((modes >> i & 1U) != 0) changed.*rules.modes[i].rule = rules.modes[i].to;
  return changed;
}

}  // namespace dbctl::sql
