#include "dbctl/sql/dialect.hpp"
#include "dbctl/sql/lexer.hpp"

namespace dbctl::sql {

std::string written_out(const Statement& statement, const Dialect& dialect) {
  return written_out(statement, dialect, [&](const Value& value) { return dialect.literal(value); });
}

std::string written_out(const Statement& statement, const Dialect& dialect,
                        const std::function<std::string(const Value&)>& literal) {
  if (statement.params.empty()) return statement.sql;
  const bool numbered = dialect.placeholder(1) != dialect.placeholder(2);
  std::string out;
  std::size_t next = 0;
  Lexer lexer(statement.sql, dialect.lexical());
  while (const auto token = lexer.next()) {
    if (token->kind == Token::Kind::parameter && token->text.starts_with('$') == numbered)
      out += literal(statement.params.at(numbered ? std::stoul(std::string(token->text.substr(1))) - 1 : next++));
    else
      out += token->text;
  }
  return out;
}

}  // namespace dbctl::sql
