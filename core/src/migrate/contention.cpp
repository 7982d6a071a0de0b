#include "migrate/contention.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <thread>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/sql/classify.hpp"

namespace dbctl::migrate {
namespace {

using namespace std::chrono;

constexpr int most_attempts = 10;
constexpr milliseconds first_pause{100}, longest_pause{2'000};

/// What the statements lock, and whether a failure to get it leaves nothing behind.
struct Needs {
  bool limited = false;
  std::vector<std::string> tables = {};
};

/// A definition that joins a transaction is undone with it; one that commits by itself did nothing yet when it waits.
/// Of what must run outside a transaction, to be easy on others, neither is true: it may wait.
Needs needs_of(std::span<const PlannedStatement> statements, const sql::Dialect& dialect) {
  Needs needs;
  std::set<std::string> names;
  for (const auto& s : statements) {
    const auto what = sql::classify(s.step.statement.sql, dialect);
    const bool defines = what.effect == sql::Effect::definition || what.effect == sql::Effect::identity ||
                         what.effect == sql::Effect::several || what.effect == sql::Effect::repeatable;
    const bool undone =
        s.step.alone ? what.transaction == sql::InTransaction::commits : what.transaction == sql::InTransaction::joins;
    if (defines && undone) needs.limited = true;
    if (what.on) names.insert(what.on->name);
    for (const auto& name : what.names) names.insert(name.name);
  }
  needs.tables.assign(names.begin(), names.end());
  return needs;
}

/// Half of it is left to chance, so that two that got in each other's way do not meet again.
milliseconds pause_before(int attempt) {
  static thread_local std::minstd_rand random{std::random_device{}()};
  const auto whole = std::min(longest_pause, first_pause * (1 << std::min(attempt, 10)));
  return whole / 2 + milliseconds(std::uniform_int_distribution<std::int64_t>(0, whole.count() / 2)(random));
}

std::string holders(driver::Connection& connection, const std::vector<std::string>& tables) {
  std::vector<std::string> texts;
  for (const auto& blocker : connection.blockers(tables)) texts.push_back(blocker.text);
  return texts.empty() ? "a session that this user cannot see" : text::join(texts, "; ");
}

}  // namespace

void patiently(journal::Database& database, Observer& observer, const PlannedMigration& migration,
               std::span<const PlannedStatement> statements, const std::function<void()>& attempt) {
  auto& connection = database.connection();
  const auto limit = database.settings().ddl_lock_timeout;
  const auto needs = needs_of(statements, database.dialect());
  const bool limited = needs.limited && limit.count() > 0;
  connection.set_lock_timeout(limited ? limit : milliseconds(0));
  if (!limited) return attempt();
  for (int attempts = 1;; ++attempts) {
    try {
      return attempt();
    } catch (StatementError& error) {
      if (!error.server().lock_wait) throw;
      const auto who = holders(connection, needs.tables);
      if (attempts == most_attempts) {
        error.add_why("the lock is held by " + who);
        error.add_next(text::count(most_attempts, "attempt") +
                       " were made: end that session, or wait until it is done");
        throw;
      }
      const auto end = steady_clock::now() + pause_before(attempts);
      observer.contended(migration, statements.front(), who);
      for (auto now = steady_clock::now(); now < end; now = steady_clock::now()) {
        std::this_thread::sleep_for(std::min<steady_clock::duration>(end - now, seconds(1)));
        observer.contended(migration, statements.front(), who);
      }
    }
  }
}

}  // namespace dbctl::migrate
