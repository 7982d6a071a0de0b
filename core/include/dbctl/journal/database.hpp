#pragma once
#include <chrono>
#include <memory>
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
};

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

  /// Reads the journal; checks that the database bears no other environment's name (environment_stamp).
  State read();

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
  Lock lock(Waiting& observer);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dbctl::journal
