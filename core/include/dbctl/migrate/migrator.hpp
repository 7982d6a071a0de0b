#pragma once
#include <functional>
#include <string>
#include <vector>

#include "dbctl/journal/database.hpp"
#include "dbctl/migrate/plan.hpp"
#include "dbctl/migrate/status.hpp"

namespace dbctl::migrate {

/// Where a statement stands to the journal.
enum class Boundary : std::uint8_t {
  intended,  ///< next its intent is written, where it commits by itself
  sending,   ///< the journal has the intent; next it is sent
  done,      ///< the database has done it; the journal does not know
  recorded   ///< the journal knows: the commit is through
};

/// What a run tells while it works. All calls come from the calling thread. `started`, `statement`, `batch` and
/// `contended` may throw Error (stopped) to end the run there.
class DBCTL_API Observer : public journal::Waiting {
 public:
  ~Observer() override;
  virtual void started(const PlannedMigration& migration) = 0;
  virtual void statement(const PlannedMigration& migration, const PlannedStatement& statement) = 0;
  /// A batch of a backfill is committed; `rows` so far in this run.
  virtual void batch(const PlannedMigration& migration, const PlannedStatement& statement, std::int64_t rows) = 0;
  virtual void finished(const PlannedMigration& migration, std::int64_t milliseconds) = 0;
  /// For those who want a run to end at a certain point, to prove that the next one goes on; see `dbctl test crash`.
  /// Of statements that are sent together all are told of as `sending` first, and then all as `done`.
  virtual void boundary(const PlannedMigration&, const PlannedStatement&, Boundary) {}
  /// The group that the statement begins waited for a lock, gave way and will be tried again; about once a second until
  /// then. `holders`: who is in the way.
  virtual void contended(const PlannedMigration&, const PlannedStatement&, const std::string& /*holders*/) {}
};

struct Done {
  std::string domain, version, name;
  std::int64_t statements = 0;
  std::int64_t duration_ms = 0;
};
struct Outcome {
  std::vector<Done> migrations;
  std::int64_t statements = 0;
  std::int64_t duration_ms = 0;
};

/// Applies what is pending, or resumes what was interrupted. Plans everything first; under the lock, the plan is made
/// again from what the journal says then. Throws Error; what was committed before stays, and a second call goes on
/// from there.
DBCTL_API Outcome migrate(journal::Database& database, const catalog::Catalog& catalog,
                          const std::vector<std::string>& known, const UpRequest& request, Observer& observer);
/// What the ledger keeps of the rollbacks of applied migrations that the catalog does not have.
DBCTL_API std::vector<journal::Reverse> stored_reverses(journal::Database& database, const catalog::Catalog& catalog,
                                                        const journal::State& state);
DBCTL_API Outcome rollback(journal::Database& database, const catalog::Catalog& catalog,
                           const std::vector<std::string>& known, const DownRequest& request, Observer& observer);
/// Drops every table that the catalog's migrations make, after the reverses of the raw SQL that ran, and forgets them.
/// All checks come first. Where definitions can be rolled back it is one transaction; elsewhere the journal knows how
/// far it is, everything else refuses to work until it is finished (Database::read), and a second call finishes it.
/// Tables that no migration declares are not touched. Throws Error: journal_missing when something is applied that the
/// catalog does not know, schema_invalid when a foreign table refers to one of the catalog's, journal_ambiguous.
/// Returns the tables dropped.
DBCTL_API std::vector<std::string> empty(journal::Database& database, const catalog::Catalog& catalog,
                                         Observer& observer);

enum class Repair : std::uint8_t { mark_applied, mark_reverted, accept_edit };
/// Changes the ledger by hand. `confirm` is shown what will change and may refuse; returns whether it was done.
DBCTL_API bool repair(journal::Database& database, const catalog::Catalog& catalog, Repair what,
                      std::string_view version, const std::function<bool(const std::string& change)>& confirm,
                      Observer& observer);

}  // namespace dbctl::migrate
