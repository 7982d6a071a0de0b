#include <cctype>

#include "dbctl/base/text.hpp"
#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {
namespace {

/// The statement with its parameters written out, for people and for the database's own client.
std::string written_out(const Statement& statement, const sql::Dialect& dialect) {
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

void comment(std::string& out, const std::string& label, const std::string& text) {
  out += "-- " + label + text::replace_all(text, "\n", "\n--   ") + "\n";
}

void write_statement(std::string& out, const PlannedStatement& s, const Target& target) {
  for (const auto& h : s.step.hazards) comment(out, "hazard: ", h);
  switch (s.step.expect.kind) {
    case sql::Expect::Kind::nothing:
      break;
    case sql::Expect::Kind::no_rows:
      comment(out, "must return no rows: ", s.step.expect.message);
      break;
    case sql::Expect::Kind::remember:
      comment(out, "remembered as ", s.step.expect.key);
      break;
    case sql::Expect::Kind::same:
      comment(out, "must equal " + s.step.expect.key + ": ", s.step.expect.message);
      break;
  }
  out += written_out(s.step.statement, *target.dialect) + ";\n";
}

void write_group(std::string& out, const Group& g, const Target& target) {
  const auto first = std::to_string(g.statements.front().number), last = std::to_string(g.statements.back().number);
  const auto range = first == last ? first : first + "-" + last;
  switch (g.kind) {
    case Group::Kind::alone:
      comment(out, "[alone: " + range + "]", "");
      for (const auto& s : g.statements) write_statement(out, s, target);
      return;
    case Group::Kind::backfill:
      comment(out, "[backfill: " + range + "] in batches of " + std::to_string(g.backfill->batch) + " by primary key",
              "");
      for (const auto& s : g.statements) comment(out, "", written_out(s.step.statement, *target.dialect) + ";");
      return;
    case Group::Kind::transaction:
      break;
  }
  comment(out, "[tx: " + range + "]", "");
  const auto brackets = target.dialect->brackets(g.suspend_foreign_keys);
  for (const auto& b : brackets.open) out += b + ";\n";
  for (const auto& s : g.statements) write_statement(out, s, target);
  for (const auto& b : brackets.close) out += b + ";\n";
}

}  // namespace

std::string to_sql(const Plan& plan, const Target& target) {
  std::string out;
  for (const auto& m : plan.migrations) {
    comment(out, m.direction == Direction::up ? "migrate " : "rollback ", m.id() + " (" + m.domain + ")");
    for (const auto& n : m.notes) comment(out, "note: ", n);
    for (const auto& l : m.losses) comment(out, "lost when this is rolled back: ", l);
    if (m.groups.empty()) comment(out, "nothing to do on this database", "");
    for (const auto& g : m.groups) write_group(out, g, target);
    out += "\n";
  }
  return out;
}

}  // namespace dbctl::migrate
