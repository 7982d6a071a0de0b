#include "migrate/remaking.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"

namespace dbctl::migrate {
namespace {

/// The facts about a table, a line each.
std::multiset<std::string> facts(schema::Table table) {
  table.indexes.clear();
  schema::Schema schema;
  schema.tables.emplace(table.name, std::move(table));
  std::multiset<std::string> lines;
  for (const auto& line : text::split(schema::canonical(schema), '\n')) lines.emplace(text::trim(line));
  return lines;
}

std::string only_in(const std::multiset<std::string>& some, const std::multiset<std::string>& others,
                    const std::string& who) {
  std::vector<std::string> lines;
  std::ranges::set_difference(some, others, std::back_inserter(lines));
  return lines.empty() ? "" : who + ": " + text::join(lines, "; ");
}

}  // namespace

void check_before_remaking(driver::Connection& connection, const sql::Dialect& dialect, const schema::Table& model) {
  const auto found = connection.describe({.tables = {model.name}});
  const auto* table = found.find(model.name);
  if (table == nullptr) return;  // the statement itself will say so
  const auto there = facts(*table), declared = facts(dialect.storage(model));
  std::vector<std::string> why;
  for (auto& part :
       {only_in(there, declared, "only the database has"), only_in(declared, there, "only the migrations have")})
    if (!part.empty()) why.push_back(part);
  if (why.empty()) return;
  throw Error(
      codes::statement_expectation,
      {.summary = model.name + " is not as the migrations declare it, and remaking it would lose the difference",
       .why = text::join(why, "\n"),
       .next = {"declare what is there in a migration before this one, or take it away by hand",
                "this database changes a table by making it anew from the migrations"}});
}

}  // namespace dbctl::migrate
