#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "dbctl/migrate/plan.hpp"
#include "dbctl/migrate/status.hpp"

namespace dbctl::migrate {

/// What a run tells while it works. All calls come from the calling thread.
class DBCTL_API Observer {
 public:
  virtual ~Observer();
  /// Another dbctl is at work; called about once a second while waiting.
  virtual void waiting(const std::string& holder) = 0;
  virtual void started(const PlannedMigration& migration) = 0;
  virtual void statement(const PlannedMigration& migration, const PlannedStatement& statement) = 0;
  virtual void finished(const PlannedMigration& migration, std::int64_t milliseconds) = 0;
};

/// Who acts, for the ledger and the lock's holder.
struct Actor {
  std::string user, host, version;
};

struct Settings {
  std::chrono::milliseconds lock_timeout{10'000};
  std::chrono::milliseconds statement_timeout{0};
  Actor actor;
  std::string environment = {};  ///< stamped on the database when it bears none; empty: anonymous, nothing is stamped
  bool protect = false;
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

/// One database with its session, dialect and journal: what commands work on. Not for several threads.
class DBCTL_API Database {
 public:
  /// Connects. `driver` must outlive this. Throws Error with a connection code.
  Database(const driver::Driver& driver, const driver::Options& options, Settings settings);
  ~Database();
  Database(Database&&) noexcept;

  driver::Connection& connection();
  const sql::Dialect& dialect() const;
  journal::Journal& journal();
  const driver::Driver& driver() const;
  const driver::Options& options() const;
  const Settings& settings() const;
  /// What on(...) must say to mean this database.
  std::vector<std::string> target_names() const;

  /// Reads the journal; checks that the database bears no other environment's name (environment_stamp).
  journal::State read();

  /// Holds the lock of this database while it lives. Waits up to settings().lock_timeout, then throws lock_timeout.
  class Lock {
   public:
    ~Lock();
    Lock(Lock&&) noexcept;

   private:
    friend class Database;
    struct Held;
    explicit Lock(std::unique_ptr<Held> held);
    std::unique_ptr<Held> held_;
  };
  Lock lock(Observer& observer);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Applies what is pending, or resumes what was interrupted. Plans everything first; under the lock, the plan is made
/// again from what the journal says then. Throws Error; what was committed before stays, and a second call goes on
/// from there.
DBCTL_API Outcome migrate(Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                          const UpRequest& request, Observer& observer);
DBCTL_API Outcome rollback(Database& database, const catalog::Catalog& catalog, const std::vector<std::string>& known,
                           const DownRequest& request, Observer& observer);
/// Drops every table that the catalog's migrations make, after the reverses of their raw SQL, and forgets them.
/// Tables that no migration declares are not touched. Returns the tables dropped.
DBCTL_API std::vector<std::string> empty(Database& database, const catalog::Catalog& catalog, Observer& observer);

enum class Repair : std::uint8_t { mark_applied, mark_reverted, accept_edit };
/// Changes the ledger by hand. `confirm` is shown what will change and may refuse; returns whether it was done.
DBCTL_API bool repair(Database& database, const catalog::Catalog& catalog, Repair what, std::string_view version,
                      const std::function<bool(const std::string& change)>& confirm, Observer& observer);

}  // namespace dbctl::migrate
