#include "migrate/executor.hpp"

#include <algorithm>
#include <utility>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/contention.hpp"
#include "migrate/describe.hpp"
#include "migrate/remaking.hpp"
#include "migrate/resume.hpp"

namespace dbctl::migrate {

namespace {

/// What dbctl renders itself changes no setting of the session; what an author wrote may.
bool leaves_session(const PlannedMigration& m) {
  return std::ranges::all_of(m.groups, [](const Group& group) {
    return group.kind != Group::Kind::backfill &&
           std::ranges::none_of(group.statements, [](const PlannedStatement& s) { return s.raw; });
  });
}

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

Executor::Executor(journal::Database& database, Observer& observer, std::int64_t batch)
    : database_(database), observer_(observer), batch_(batch), witness_(database.connection()) {}

Done Executor::run(const PlannedMigration& m, const std::optional<journal::Progress>& resume, std::string reverse) {
  Stopwatch watch;
  started_ = std::chrono::steady_clock::now();
  reverse_ = std::move(reverse);
  remembered_.clear();
  current_ = nullptr;
  under_way_.clear();
  resumed_.clear();
  undone_ = 0;
  sent_together_ = 0;
  one_by_one_ = false;
  unrecorded_.clear();
  evidence_.reset();
  progress_ = {.domain = m.domain,
               .version = m.version,
               .name = m.name,
               .direction = m.direction,
               .batch = batch_,
               .hashes = {},
               .cursor = {},
               .halted = m.halted,
               .started_at = utc_now()};
  if (resume && resume->direction == m.direction) this->resume(m, *resume);
  observer_.started(m);
  if (!session_is_clean_) database_.connection().reset_session();
  session_is_clean_ = leaves_session(m);
  if (resume && resume->direction == m.direction) tell_resumed(m);
  try {
    replay(m);
    bool finished = false;
    for (const auto& group : m.groups) {
      if (group.statements.back().number <= progress_.done) continue;  // done by an earlier run
      finished = &group == &m.groups.back() && group.kind == Group::Kind::transaction;
      run_group(m, group, finished);
    }
    if (!finished) {
      current_ = nullptr;
      database_.check_lock();
      Transaction transaction(database_.connection());
      finish(m);
      commit(m, transaction);
    }
  } catch (Error& e) {
    failed(m, e);
    throw;
  }
  observer_.finished(m, watch.milliseconds());
  return {m.domain, m.version, m.name, m.statements(), watch.milliseconds()};
}

void Executor::resume(const PlannedMigration& m, const journal::Progress& progress) {
  check_resumable(m, progress);
  progress_ = progress;
  auto hashes = progress.hashes.empty() ? std::vector<std::string>{} : text::split(progress.hashes, '\n');
  const auto done = static_cast<std::size_t>(progress.done);
  if (hashes.size() <= done) return;
  resumed_ = under_way_ = hashes[done];
  hashes.resize(done);
  progress_.hashes = text::join(hashes, "\n");
}

void Executor::replay(const PlannedMigration& m) {
  for (const auto& group : m.groups)
    for (const auto& s : group.statements) {
      if (s.number > progress_.done) return;
      if (!s.replayed) continue;
      current_ = &s;
      database_.connection().execute({.sql = s.step.statement.sql, .params = s.step.statement.params});
    }
}

void Executor::run_group(const PlannedMigration& m, const Group& group, bool last) {
  database_.check_lock();
  switch (group.kind) {
    case Group::Kind::transaction:
      return patiently(database_, observer_, m, group.statements, [&] { run_transaction(m, group, last); });
    case Group::Kind::alone:
      for (const auto& s : group.statements) patiently(database_, observer_, m, {&s, 1}, [&] { run_alone(m, s); });
      return;
    case Group::Kind::backfill:
      return run_backfill(m, group);
  }
}

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

/// Tells the observer of every statement that the journal knows from now on.
void Executor::commit(const PlannedMigration& m, Transaction& transaction) {
  transaction.commit();
  database_.journal().committed();
  tell_recorded(m);
}

void Executor::tell_recorded(const PlannedMigration& m) {
  for (const auto* s : std::exchange(unrecorded_, {})) observer_.boundary(m, *s, Boundary::recorded);
}

void Executor::announce(const PlannedMigration& m, const PlannedStatement& s) {
  current_ = &s;
  observer_.statement(m, s);
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

void Executor::count(const PlannedStatement& s) {
  ++progress_.done;
  progress_.hashes += (progress_.hashes.empty() ? "" : "\n") + s.hash;
  under_way_.clear();
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

void Executor::finish(const PlannedMigration& m) {
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started_).count();
  auto e = event(m.direction == Direction::up ? "applied" : "reverted", m);
  e.duration_ms = ms;
  if (m.direction == Direction::up)
    database_.journal().finished(journal::Applied{m.domain, m.version, m.name, m.checksum, progress_.batch, e.at, ms},
                                 reverse_, e);
  else
    database_.journal().finished(std::nullopt, {}, e);
}

void Executor::tell_resumed(const PlannedMigration& m) {
  auto e = event("resumed", m);
  e.detail = std::to_string(progress_.done) + " of its statements were done";
  Transaction transaction(database_.connection());
  database_.journal().event(e);
  transaction.commit();
}

void Executor::save_progress(bool intent) {
  progress_.intent = intent;
  progress_.evidence = intent && evidence_ ? to_json(*evidence_) : std::string();
  auto row = progress_;
  if (!under_way_.empty()) row.hashes += (row.hashes.empty() ? "" : "\n") + under_way_;
  database_.journal().progress(row);
}

void Executor::failed(const PlannedMigration& m, Error& error) {
  const bool stopped = error.code() == codes::stopped;
  if (current_ != nullptr) explain(error, m, *current_);
  if (sent_together_ > 0)
    error.add_why("it was sent together with the " + text::count(sent_together_ - 1, "statement") +
                  " after it, and which of them was at work is not known");
  if (stopped && undone_ > 0)
    error.add_why("what had run of its group was undone: " +
                  text::count(static_cast<std::size_t>(undone_), "statement"));
  // Nothing can or may be written; what is in the journal tells the rest.
  if (error.code() == codes::connection_lost || error.code() == codes::lock_lost) return;
  try {
    database_.check_lock();
    Transaction transaction(database_.connection());
    if (progress_.done > 0 || !progress_.cursor.empty() || evidence_ || !progress_.halted.empty())
      save_progress(evidence_.has_value());
    else
      database_.journal().clear_progress();  // not even half applied
    if (!stopped) {
      auto e = event("failed", m);
      e.detail = error.details().summary;
      database_.journal().event(e);
    }
    transaction.commit();
  } catch (const Error& second) {
    error.add_next("the ledger could not be written either: " + second.details().summary);
  }
  if (!stopped)
    error.add_next(m.direction == Direction::up ? "mend the migration, then: dbctl migrate"
                                                : "mend what stands in its way, then: dbctl rollback");
}

journal::Event Executor::event(std::string what, const PlannedMigration& m) const {
  const auto& actor = database_.settings().actor;
  return {.what = std::move(what),
          .domain = m.domain,
          .version = m.version,
          .name = m.name,
          .at = utc_now(),
          .who = actor.user,
          .host = actor.host,
          .dbctl_version = actor.version,
          .detail = {}};
}

}  // namespace dbctl::migrate
