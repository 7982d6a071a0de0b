#include "migrate/executor.hpp"

#include <algorithm>
#include <utility>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "migrate/contention.hpp"
#include "migrate/describe.hpp"
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

void Executor::count(const PlannedStatement& s) {
  ++progress_.done;
  progress_.hashes += (progress_.hashes.empty() ? "" : "\n") + s.hash;
  under_way_.clear();
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
