#include "proof/points.hpp"

#include <algorithm>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::proof {
namespace {

using migrate::Boundary;

constexpr std::size_t longest_sql = 160;

const char* words_for(Boundary boundary) {
  switch (boundary) {
    case Boundary::intended:
      return "before its intent is written";
    case Boundary::sending:
      return "before it is sent";
    case Boundary::done:
      return "the database has done it, the journal does not know";
    case Boundary::recorded:
      return "the journal knows it";
  }
  return "";
}

std::string place_of(std::int64_t number, const std::string& sql) {
  return "statement " + std::to_string(number) + ": " + sql;
}

}  // namespace

std::string Point::text(const catalog::Migration& migration, std::int64_t statements) const {
  const auto line = text::replace_all(sql, "\n", " ");
  return migration.id() + ", statement " + std::to_string(statement) + " of " + std::to_string(statements) + ", " +
         words_for(boundary) + ": " + (line.size() <= longest_sql ? line : line.substr(0, longest_sql) + "…");
}

void Recorder::started(const migrate::PlannedMigration& migration) {
  statements += migration.statements();
  for (const auto& group : migration.groups)
    for (const auto& s : group.statements) without.push_back(place_of(s.number, s.step.statement.sql));
}

void Recorder::boundary(const migrate::PlannedMigration&, const migrate::PlannedStatement& statement,
                        Boundary boundary) {
  const auto& sql = statement.step.statement.sql;
  for (auto& point : points) point.last = false;
  points.push_back({points.size(), statement.number, boundary, sql, true});
  std::erase(without, place_of(statement.number, sql));
}

void Trigger::boundary(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
                       Boundary boundary) {
  if (count_++ != point_.at) return;
  if (statement.number != point_.statement || boundary != point_.boundary)
    throw Error(codes::proof_impossible, {.summary = "two runs of " + migration.id() + " took different ways",
                                          .why = "statement " + std::to_string(statement.number) + " instead of " +
                                                 std::to_string(point_.statement)});
  strike_();
}

}  // namespace dbctl::proof
