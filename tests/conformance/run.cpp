#include "conformance/run.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/fold.hpp"

namespace dbctl::conformance {
namespace {

using Remembered = std::map<std::string, std::string>;

void perform(driver::Connection& connection, const sql::Step& step, Remembered& remembered) {
  const auto& expect = step.expect;
  if (expect.kind == sql::Expect::Kind::nothing) {
    connection.execute(step.statement);
    return;
  }
  const auto rows = connection.query(step.statement);
  const auto require = [&](bool holds) {
    if (!holds) throw Error(codes::statement_expectation, {.summary = expect.message});
  };
  if (expect.kind == sql::Expect::Kind::no_rows) return require(rows.empty());
  ASSERT_EQ(rows.size(), 1U) << step.statement.sql;
  const auto value = to_text(rows.rows[0].at(0));
  if (expect.kind == sql::Expect::Kind::remember)
    remembered[expect.key] = value;
  else
    require(value == remembered[expect.key]);
}

/// Each fact with the table that it is about.
std::multiset<std::string> facts(const schema::Schema& schema) {
  std::multiset<std::string> out;
  std::string table;
  for (const auto& line : text::split(schema::canonical(schema), '\n')) {
    if (!line.starts_with("  ")) table = line;
    out.insert(line.starts_with("  ") ? table + ":" + line : line);
  }
  return out;
}

std::string only_in(const std::multiset<std::string>& some, const std::multiset<std::string>& others,
                    const std::string& mark) {
  std::vector<std::string> differing;
  std::ranges::set_difference(some, others, std::back_inserter(differing));
  std::string text;
  for (const auto& line : differing) text += mark + line + "\n";
  return text;
}

}  // namespace

void run(driver::Connection& connection, const sql::Script& script) {
  Remembered remembered;
  bool open = false;
  try {
    for (const auto& step : script.steps) {
      if (step.alone) {
        if (std::exchange(open, false)) connection.commit();
      } else if (!std::exchange(open, true)) {
        connection.begin(script.suspend_foreign_keys);
      }
      perform(connection, step, remembered);
    }
    if (std::exchange(open, false)) connection.commit();
  } catch (...) {
    if (open) connection.rollback();
    throw;
  }
}

schema::Schema stored(const schema::Schema& model, const sql::Dialect& dialect) {
  schema::Schema out;
  for (const auto& [name, table] : model.tables) out.tables[name] = dialect.storage(table);
  return out;
}

testing::AssertionResult same(const schema::Schema& expected, const schema::Schema& found) {
  if (schema::canonical(expected) == schema::canonical(found)) return testing::AssertionSuccess();
  const auto wanted = facts(expected), there = facts(found);
  return testing::AssertionFailure() << "the model and the database's own description differ:\n"
                                     << only_in(wanted, there, "  model only:    ")
                                     << only_in(there, wanted, "  database only: ");
}

}  // namespace dbctl::conformance
