// Backfills: batch by batch, each with its place in the journal.
#include <utility>

#include "migrate/describe.hpp"
#include "migrate/executor.hpp"
#include "migrate/resume.hpp"

namespace dbctl::migrate {

void Executor::run_backfill(const PlannedMigration& m, const Group& group) {
  auto& connection = database_.connection();
  const auto& dialect = database_.dialect();
  const auto& table = *group.backfilled;
  const auto& s = group.statements.front();
  announce(m, s);
  Row after = start_of(m, group);
  under_way_ = s.hash;
  std::int64_t rows = 0;
  for (;;) {
    const auto keys = connection.query(dialect.backfill_keys(*group.backfill, table, after));
    if (keys.empty()) break;
    const Row last = keys.rows.back();
    const auto before = std::exchange(progress_.cursor, cursor_of(last));
    try {
      Transaction transaction(connection);
      observer_.boundary(m, s, Boundary::sending);
      connection.execute(dialect.backfill_batch(*group.backfill, table, after, last));
      unrecorded_ = {&s};
      observer_.boundary(m, s, Boundary::done);
      save_progress(false);
      commit(m, transaction);
    } catch (...) {
      progress_.cursor = before;  // the batch did not take effect
      throw;
    }
    after = last;
    rows += static_cast<std::int64_t>(keys.size());
    observer_.batch(m, s, rows);
    database_.check_lock();
  }
  count(s);
  progress_.cursor.clear();
  Transaction transaction(connection);
  save_progress(false);
  commit(m, transaction);
}

Row Executor::start_of(const PlannedMigration& m, const Group& group) {
  if (!progress_.cursor.empty() && resumed_ != group.statements.front().hash) {
    check_restart(m, *group.backfill, progress_.cursor);
    progress_.cursor.clear();
  }
  return key_from_cursor(progress_.cursor, *group.backfilled);
}

}  // namespace dbctl::migrate
