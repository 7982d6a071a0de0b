#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "dbctl/journal/journal.hpp"

namespace dbctl::journal {

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
  /// Other runs are kept out by a lease of that time. Empty: by a lock that ends with its session, where such locks can
  /// be trusted and no run on this database ever needed a lease; else by a lease of `default_lease`.
  std::optional<std::chrono::milliseconds> lease = {};
  /// How long a definition waits for other sessions' locks before it gives way to those that wait behind it, and is
  /// tried again; 0: for ever.
  std::chrono::milliseconds ddl_lock_timeout{5'000};
};
inline constexpr std::chrono::milliseconds default_lease{30'000};

/// Told while another dbctl is at work.
class DBCTL_API Waiting {
 public:
  virtual ~Waiting();
  /// About once a second while waiting for the lock.
  virtual void waiting(const std::string& holder) = 0;
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
  Journal& journal();
  const driver::Driver& driver() const;
  const driver::Options& options() const;
  const Settings& settings() const;
  /// What on(...) must say to mean this database.
  std::vector<std::string> target_names() const;

  /// Reads the journal. Throws Error: environment_stamp when the database bears another environment's name,
  /// journal_interrupted when it was left half emptied.
  State read();
  /// The same also of a database that is half emptied: for what finishes that, and for what does not mind.
  State read_unfinished();

  class Lock;
  /// The lock of this database. Waits up to settings().lock_timeout, then throws lock_timeout; as long again for what
  /// an earlier run left running on the server, then throws lock_work. Throws lock_takeover when the one that holds it
  /// stands still and cannot be ended. A command that holds it may take it again: it is given up with the last one.
  Lock lock(Waiting& observer);
  /// Throws Error (lock_lost) when the session that holds the lock has ended, or another run has taken over. Does
  /// nothing where there is none.
  void check_lock();
  /// Each transaction may have another session of the server: what commits by itself cannot be kept apart from a run
  /// that takes over, nor can its end be seen.
  bool pooled();

  /// Whether the database bears this environment's name and protection as they are now.
  bool is_stamped(const State& state) const;
  /// Under the lock: writes both where they differ, and into `state`. An anonymous run stamps nothing.
  void stamp(State& state);
  /// Under the lock: makes what is missing of dbctl's tables, and gives the database its uuid. Returns the journal as
  /// `read_unfinished` does.
  State make_journal();
  /// The same, as `read` does, and stamps.
  State prepare();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Holds the lock while it lives; must not outlive its database.
class DBCTL_API Database::Lock {
 public:
  ~Lock();
  Lock(Lock&& other) noexcept;

 private:
  friend class Database;
  explicit Lock(Parts& parts);
  Parts* parts_;  ///< nullptr: moved from
};

}  // namespace dbctl::journal
