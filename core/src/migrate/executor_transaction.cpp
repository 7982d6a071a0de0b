// Statements whose transaction is theirs together with the journal's: sent one by one, or several in one message.
#include <algorithm>
#include <utility>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/executor.hpp"
#include "migrate/remaking.hpp"

namespace dbctl::migrate {

namespace {

/// Without its origin: the place that people are shown names migration and number too, see failed().
Statement sent(const PlannedStatement& s) {
  return {.sql = s.step.statement.sql, .params = s.step.statement.params};
}

/// How many of the first are sent together.
std::size_t brief_ones(std::span<const PlannedStatement> statements) {
  const auto last = std::ranges::find_if(statements, [](const PlannedStatement& s) { return !s.brief; });
  return std::max<std::size_t>(1, static_cast<std::size_t>(last - statements.begin()));
}

}  // namespace

void Executor::run_transaction(const PlannedMigration& m, const Group& group, bool last) {
  try {
    return run_transaction(m, group, last, !one_by_one_);
  } catch (const StatementError& error) {
    if (sent_together_ == 0) throw;
    one_by_one_ = true;
    // One of several that were sent together, and the server does not say which. What was ended is not begun again, and
    // what waited for a lock gives way first.
    const bool waited = error.server().lock_wait;
    if (error.code() == codes::statement_busy && (!waited || database_.settings().ddl_lock_timeout.count() > 0)) throw;
  }
  run_transaction(m, group, last, false);
}

void Executor::run_transaction(const PlannedMigration& m, const Group& group, bool last, bool together) {
  const auto before = progress_;
  undone_ = 0;
  sent_together_ = 0;
  try {
    Transaction transaction(database_.connection(), group.suspend_foreign_keys);
    std::span<const PlannedStatement> rest = group.statements;
    while (!rest.empty() && rest.front().number <= before.done) {
      rest = rest.subspan(1);  // what failed after them was edited into their group
      together = false;        // whose tables others see by now
    }
    while (!rest.empty()) {
      const auto next = rest.first(together ? brief_ones(rest) : 1);
      rest = rest.subspan(next.size());
      for (const auto& s : next) {
        announce(m, s);
        check_undoable(s);
      }
      perform(m, next);
    }
    if (last)
      finish(m);
    else
      save_progress(false);
    commit(m, transaction);
    if (database_.dialect().info().transactional_ddl) witness_.forget();
  } catch (...) {
    undone_ = progress_.done - before.done;
    progress_ = before;  // nothing of the group took effect
    unrecorded_.clear();
    throw;
  }
}

void Executor::perform(const PlannedMigration& m, std::span<const PlannedStatement> statements) {
  for (const auto& s : statements) {
    current_ = &s;
    check_rebuild(s);
    observer_.boundary(m, s, Boundary::sending);
  }
  if (statements.size() == 1) {
    send(statements.front());
  } else {
    std::vector<Statement> all;
    for (const auto& s : statements) all.push_back(sent(s));
    current_ = &statements.front();
    sent_together_ = statements.size();
    database_.connection().execute_all(all);
    sent_together_ = 0;
  }
  for (const auto& s : statements) {
    current_ = &s;
    check_valid(s);
    unrecorded_.push_back(&s);
    observer_.boundary(m, s, Boundary::done);
    if (!s.drops.empty()) database_.journal().forget_seeds(s.drops);
    count(s);
  }
}

void Executor::send(const PlannedStatement& s) {
  if (s.step.expect.kind == sql::Expect::Kind::nothing) {
    database_.connection().execute(sent(s));
    return;
  }
  const auto rows = database_.connection().query(sent(s));
  if (s.step.expect.kind == sql::Expect::Kind::remember)
    remembered_[s.step.expect.key] = rows.rows.at(0).at(0);
  else
    expect(s.step.expect, rows);
}

void Executor::check_rebuild(const PlannedStatement& s) {
  for (const auto& model : s.rebuilds) check_before_remaking(database_.connection(), database_.dialect(), model);
}

void Executor::expect(const sql::Expect& expectation, const Rows& rows) const {
  const auto fail = [&](std::string why) {
    throw Error(codes::statement_expectation,
                {.summary = expectation.message,
                 .why = std::move(why),
                 .next = {"nothing was changed: mend the data or the migration and run the command again"}});
  };
  if (expectation.kind == sql::Expect::Kind::no_rows && !rows.empty())
    fail("the check found " + text::count(rows.size(), "row"));
  if (expectation.kind != sql::Expect::Kind::same) return;
  const auto was = to_text(remembered_.at(expectation.key)), is = to_text(rows.rows.at(0).at(0));
  if (was != is) fail("it was " + was + " before and is " + is + " now");
}

}  // namespace dbctl::migrate
