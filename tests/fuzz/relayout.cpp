#include "fuzz/relayout.hpp"

#include "dbctl/sql/lexer.hpp"

namespace dbctl::fuzz {
namespace {

using sql::Token;

std::string other_comment(const Token& token, bool ends_line) {
  if (token.text.starts_with("/*")) return ends_line ? "/* it's;\n \" ) */" : "/* ; it's \" ( */";
  // The blank behind "--" may be what makes it a comment.
  const auto mark = token.text.substr(0, token.text.starts_with('#') ? 1 : 3);
  return mark.size() < token.text.size() ? std::string(mark) + "; it's /* ( \"" : std::string(token.text);
}

}  // namespace

std::string relayout(std::string_view sql, const sql::LexicalRules& rules) {
  std::string out;
  sql::Lexer lexer(sql, rules);
  while (const auto token = lexer.next()) {
    const bool ends_line = token->text.find_first_of("\n\r") != std::string_view::npos;
    if (token->kind == Token::Kind::space)
      out += ends_line ? "\n\t \r\n" : " \t\v";
    else if (token->kind == Token::Kind::comment)
      out += other_comment(*token, ends_line);
    else
      out += token->text;
  }
  return out;
}

}  // namespace dbctl::fuzz
