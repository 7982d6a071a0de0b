#include <cctype>

#include "dbctl/sql/dialect.hpp"

namespace dbctl::sql {

std::string written_out(const Statement& statement, const Dialect& dialect) {
  if (statement.params.empty()) return statement.sql;
  const bool numbered = dialect.placeholder(1) != dialect.placeholder(2);
  const char mark = dialect.placeholder(1).front();
  std::string out;
  std::size_t next = 0;
  char quote = 0;
  const auto& sql = statement.sql;
  for (std::size_t i = 0; i < sql.size(); ++i) {
    const char c = sql[i];
    if (quote != 0 || c == '\'' || c == '"' || c == '`') {
      if (quote == 0)
        quote = c;
      else if (c == quote)
        quote = 0;
      out += c;
    } else if (c == mark &&
               (!numbered || (i + 1 < sql.size() && std::isdigit(static_cast<unsigned char>(sql[i + 1]))))) {
      std::size_t index = next++;
      if (numbered) {
        index = 0;
        while (i + 1 < sql.size() && std::isdigit(static_cast<unsigned char>(sql[i + 1])))
          index = index * 10 + static_cast<std::size_t>(sql[++i] - '0');
        --index;
      }
      out += dialect.literal(statement.params.at(index));
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace dbctl::sql
