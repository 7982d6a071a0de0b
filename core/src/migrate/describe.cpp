#include "migrate/describe.hpp"

#include <algorithm>

#include "dbctl/schema/coerce.hpp"

namespace dbctl::migrate {
namespace {

constexpr std::size_t most = 160;  // characters of a line that people are shown

}  // namespace

std::string excerpt(const Statement& statement, const std::optional<std::size_t>& position) {
  const auto& sql = statement.sql;
  const std::size_t at = position && *position <= sql.size() ? *position : 0;
  const auto newline = at == 0 ? std::string::npos : sql.rfind('\n', at - 1);
  std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
  if (at - begin > most / 2) begin = at - most / 2;
  const auto end = std::min({sql.find('\n', at), sql.size(), begin + most});
  std::string out = "  " + sql.substr(begin, end - begin);
  if (position) out += "\n  " + std::string(at - begin, ' ') + "^";
  return out;
}

std::string place(const PlannedMigration& m, const PlannedStatement& s) {
  const auto origin = s.step.statement.origin.text();
  return (origin.empty() ? m.file : origin) + ", " + m.id() + ", statement " + std::to_string(s.number) + " of " +
         std::to_string(m.statements()) + " (" + s.operation + ")";
}

void explain(Error& error, const PlannedMigration& m, const PlannedStatement& s) {
  error.set_where(place(m, s));
  if (const auto* server = dynamic_cast<const StatementError*>(&error); server != nullptr)
    error.add_why(excerpt(s.step.statement, server->server().position));
}

std::string cursor_of(const Row& key) {
  TextArray texts;
  for (const auto& v : key) texts.items.push_back(to_text(v));
  return to_json(texts);
}

Row key_from_cursor(const std::string& cursor, const schema::Table& table) {
  Row key;
  if (cursor.empty()) return key;
  const auto texts = text_array_from_json(cursor).items;
  for (std::size_t i = 0; i < texts.size() && i < table.primary_key.size(); ++i)
    key.push_back(schema::coerce(texts[i], table.find_column(table.primary_key[i])->type));
  return key;
}

}  // namespace dbctl::migrate
