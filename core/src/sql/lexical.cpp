#include "dbctl/sql/lexical.hpp"

#include <algorithm>

#include "dbctl/base/digest.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/split.hpp"

namespace dbctl::sql {
namespace {

using Kind = Token::Kind;

bool folds(const Token& token, const LexicalRules& rules) {
  if (token.kind != Kind::word) return false;
  return rules.letters != Letters::sensitive || std::ranges::binary_search(rules.keywords, text::upper(token.text));
}

}  // namespace

std::vector<std::string> leading_words(std::string_view sql, const LexicalRules& rules, std::size_t most) {
  std::vector<std::string> words;
  Lexer lexer(sql, rules);
  while (words.size() < most) {
    const auto token = lexer.next();
    if (!token) break;
    if (!token->significant() || token->kind == Kind::code_open || token->kind == Kind::code_close) continue;
    if (token->kind != Kind::word) break;
    words.push_back(text::upper(token->text));
  }
  return words;
}

std::string normalise(std::string_view sql, const LexicalRules& rules) {
  std::string normal;
  Lexer lexer(sql, rules);
  while (const auto token = lexer.next()) {
    if (!token->significant() && token->kind != Kind::hint) continue;
    if (!normal.empty()) normal += ' ';
    normal += folds(*token, rules) ? text::lower(token->text) : std::string(token->text);
  }
  return normal;
}

std::string token_hash(std::string_view sql, const LexicalRules& rules) {
  return sha256(normalise(sql, rules));
}

std::string token_hash(const std::vector<SourceStatement>& statements, const LexicalRules& rules) {
  std::string hashes;
  for (const auto& statement : statements) {
    hashes += token_hash(statement.text, in_modes(rules, statement.modes)) + '\n';
    if (statement.data) hashes += "data " + sha256(*statement.data) + '\n';
  }
  return sha256(hashes);
}

}  // namespace dbctl::sql
