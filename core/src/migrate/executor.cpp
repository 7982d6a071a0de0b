#include "migrate/executor.hpp"

#include <algorithm>
#include <utility>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/schema/coerce.hpp"
#include "migrate/describe.hpp"
#include "migrate/remaking.hpp"

namespace dbctl::migrate {

Executor::Executor(journal::Database& database, Observer& observer, std::int64_t batch)
    : database_(database), observer_(observer), batch_(batch) {}

Done Executor::run(const PlannedMigration& m, const std::optional<journal::Progress>& resume) {
  Stopwatch watch;
  started_ = std::chrono::steady_clock::now();
  remembered_.clear();
  progress_ = {.domain = m.domain,
               .version = m.version,
               .name = m.name,
               .direction = m.direction,
               .batch = batch_,
               .hashes = {},
               .cursor = {},
               .started_at = utc_now()};
  if (resume) {
    check_resumable(m, *resume);
    progress_ = *resume;
  }
  observer_.started(m);
  database_.connection().reset_session();
  try {
    bool finished = false;
    for (const auto& group : m.groups) {
      if (group.statements.back().number <= progress_.done) continue;  // done by an earlier run
      finished = &group == &m.groups.back() && group.kind == Group::Kind::transaction;
      run_group(m, group, finished);
    }
    if (!finished) {
      Transaction transaction(database_.connection());
      finish(m);
      transaction.commit();
    }
  } catch (Error& e) {
    failed(m, e);
    throw;
  }
  observer_.finished(m, watch.milliseconds());
  return {m.domain, m.version, m.name, m.statements(), watch.milliseconds()};
}

void Executor::check_resumable(const PlannedMigration& m, const journal::Progress& progress) const {
  const auto hashes = progress.hashes.empty() ? std::vector<std::string>{} : text::split(progress.hashes, '\n');
  std::vector<const PlannedStatement*> planned;
  for (const auto& g : m.groups)
    for (const auto& s : g.statements) planned.push_back(&s);
  for (std::size_t i = 0; i < static_cast<std::size_t>(progress.done); ++i)
    if (i >= planned.size() || i >= hashes.size() || planned[i]->hash != hashes[i])
      throw Error(codes::journal_edited,
                  {.summary = m.id() + " was interrupted after statement " + std::to_string(progress.done) +
                              ", and its statement " + std::to_string(i + 1) + " is another one now",
                   .where = m.file,
                   .why = i < planned.size() ? "it reads now: " + planned[i]->step.statement.sql
                                             : "it has only " + std::to_string(planned.size()) + " statements now",
                   .next = {"put the statements that ran back as they were; those after them may change",
                            "then run the command again"}});
  if (progress.intent)
    throw Error(codes::journal_ambiguous,
                {.summary = "statement " + std::to_string(progress.done + 1) + " of " + m.id() +
                            " was under way when an earlier run was interrupted",
                 .where = m.file,
                 .why = static_cast<std::size_t>(progress.done) < planned.size()
                            ? "it may have taken effect or not: " +
                                  planned[static_cast<std::size_t>(progress.done)]->step.statement.sql
                            : "",
                 .next = {"look whether the statement took effect",
                          "all of it done by hand: dbctl repair --mark-applied " + m.version,
                          "all of it undone by hand: dbctl repair --mark-reverted " + m.version}});
}

void Executor::run_group(const PlannedMigration& m, const Group& group, bool last) {
  switch (group.kind) {
    case Group::Kind::transaction:
      return run_transaction(m, group, last);
    case Group::Kind::alone:
      for (const auto& s : group.statements) run_alone(m, s);
      return;
    case Group::Kind::backfill:
      return run_backfill(m, group);
  }
}

void Executor::run_transaction(const PlannedMigration& m, const Group& group, bool last) {
  const auto before = progress_;
  try {
    Transaction transaction(database_.connection(), group.suspend_foreign_keys);
    for (const auto& s : group.statements) {
      if (s.number <= before.done) continue;  // what failed after them was edited into their group
      announce(m, s);
      perform(s);
    }
    if (last)
      finish(m);
    else
      save_progress(false);
    transaction.commit();
  } catch (...) {
    progress_ = before;  // nothing of the group took effect
    throw;
  }
}

void Executor::run_alone(const PlannedMigration& m, const PlannedStatement& s) {
  announce(m, s);
  // This commit also says that the statement before is done: one write for both.
  {
    Transaction transaction(database_.connection());
    save_progress(true);
    transaction.commit();
  }
  perform(s);
}

void Executor::run_backfill(const PlannedMigration& m, const Group& group) {
  auto& connection = database_.connection();
  const auto& dialect = database_.dialect();
  const auto& table = *group.backfilled;
  const auto& s = group.statements.front();
  announce(m, s);
  Row after = key_from_cursor(progress_.cursor, table);
  for (;;) {
    const auto keys = connection.query(dialect.backfill_keys(*group.backfill, table, after));
    if (keys.empty()) break;
    const Row last = keys.rows.back();
    const auto before = std::exchange(progress_.cursor, cursor_of(last));
    try {
      Transaction transaction(connection);
      connection.execute(dialect.backfill_batch(*group.backfill, table, after, last));
      save_progress(false);
      transaction.commit();
    } catch (...) {
      progress_.cursor = before;  // the batch did not take effect
      throw;
    }
    after = last;
  }
  count(s);
  progress_.cursor.clear();
  Transaction transaction(connection);
  save_progress(false);
  transaction.commit();
}

void Executor::announce(const PlannedMigration& m, const PlannedStatement& s) {
  current_ = &s;
  observer_.statement(m, s);
}

void Executor::perform(const PlannedStatement& s) {
  check_rebuild(s);
  // Without its origin: the place that people are shown names migration and number too, see failed().
  const Statement statement{.sql = s.step.statement.sql, .params = s.step.statement.params};
  if (s.step.expect.kind == sql::Expect::Kind::nothing) {
    database_.connection().execute(statement);
  } else {
    const auto rows = database_.connection().query(statement);
    if (s.step.expect.kind == sql::Expect::Kind::remember)
      remembered_[s.step.expect.key] = rows.rows.at(0).at(0);
    else
      expect(s.step.expect, rows);
  }
  count(s);
}

void Executor::count(const PlannedStatement& s) {
  ++progress_.done;
  progress_.hashes += (progress_.hashes.empty() ? "" : "\n") + s.hash;
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
  auto& journal = database_.journal();
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started_).count();
  auto e = event(m.direction == Direction::up ? "applied" : "reverted", m);
  e.duration_ms = ms;
  if (m.direction == Direction::up)
    journal.applied({m.domain, m.version, m.name, m.checksum, progress_.batch, e.at, ms});
  else
    journal.reverted(m.domain, m.version);
  journal.event(e);
  journal.clear_progress();
}

void Executor::save_progress(bool intent) {
  progress_.intent = intent;
  database_.journal().progress(progress_);
}

void Executor::failed(const PlannedMigration& m, Error& error) {
  if (current_ != nullptr) error.set_where(place(m, *current_));
  if (const auto* s = dynamic_cast<const StatementError*>(&error); s != nullptr && current_ != nullptr)
    error.add_why(excerpt(current_->step.statement, s->server().position));
  if (error.code() == codes::connection_lost) return;  // nothing can be written; the intent tells the rest
  try {
    Transaction transaction(database_.connection());
    auto e = event("failed", m);
    e.detail = error.details().summary;
    if (progress_.done > 0 || !progress_.cursor.empty())
      save_progress(false);
    else
      database_.journal().clear_progress();  // not even half applied
    database_.journal().event(e);
    transaction.commit();
  } catch (const Error& second) {
    error.add_next("the ledger could not be written either: " + second.details().summary);
  }
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

std::string Executor::place(const PlannedMigration& m, const PlannedStatement& s) const {
  const auto origin = s.step.statement.origin.text();
  return (origin.empty() ? m.file : origin) + ", " + m.id() + ", statement " + std::to_string(s.number) + " of " +
         std::to_string(m.statements()) + " (" + s.operation + ")";
}

}  // namespace dbctl::migrate
