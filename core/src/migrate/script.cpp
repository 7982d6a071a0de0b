#include "dbctl/base/text.hpp"
#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {
namespace {

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
  out += sql::written_out(s.step.statement, *target.dialect) + ";\n";
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
      for (const auto& s : g.statements) comment(out, "", sql::written_out(s.step.statement, *target.dialect) + ";");
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
