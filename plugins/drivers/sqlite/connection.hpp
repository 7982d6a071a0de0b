#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "connection_handle.hpp"
#include "dbctl/driver/driver.hpp"
#include "keep.hpp"
#include "lock.hpp"
#include "settings.hpp"

namespace dbctl::sqlite {

/// One database file, or one in memory. A file that does not exist is made.
class SqliteConnection final : public driver::Connection {
 public:
  explicit SqliteConnection(Settings settings);
  ~SqliteConnection() override;

  const sql::ServerInfo& server() const noexcept override { return server_; }
  driver::ConnectionInfo info() override;

  std::int64_t execute(const Statement& statement) override;
  void execute_all(const std::vector<Statement>& statements) override { driver::execute_in_turn(*this, statements); }
  Rows query(const Statement& statement) override;
  void each(const Statement& statement, const std::function<bool(const Row&)>& row) override;

  void begin(bool suspend_foreign_keys = false) override;
  void commit() override;
  void rollback() override;
  bool in_transaction() const override;

  /// One lock for the database whatever the name; in memory there is nobody to exclude.
  bool try_lock(std::string_view name) override;
  void unlock() noexcept override;
  std::optional<driver::LockHolder> lock_holder(std::string_view name) override;
  bool trusts_session_locks() override;

  schema::Schema describe(const driver::Scope& scope = {}) override;
  std::vector<std::string> relations() override;
  std::string home() override;

  std::vector<driver::ObjectState> observe(const driver::Objects& objects) override;
  std::vector<std::string> clean_up(const std::vector<std::string>& names) override;
  std::vector<std::string> not_transactional() override;
  driver::SessionId session() override;
  driver::SessionState state_of(const driver::SessionId& session) override;
  bool end(const driver::SessionId& session) override;
  std::vector<driver::Blocker> blockers(const std::vector<std::string>& tables) override;
  void reset_session() override;
  void set_statement_timeout(std::chrono::milliseconds limit) override;
  void set_lock_timeout(std::chrono::milliseconds limit) override;
  std::vector<driver::Finding> examine() override;

 private:
  void configure();
  void set_journal_mode();
  void set_session_pragmas();
  /// Sets it and reads it back; throws when SQLite did not take it.
  void set_pragma(const std::string& name, const std::string& value, const std::string& expected);
  std::string pragma(const std::string& name);
  int busy_timeout() const;
  /// The rows that refer to nothing, those of a table and a parent together.
  using Orphans = std::map<std::pair<std::string, std::string>, std::vector<std::string>>;
  Orphans orphans();
  void check_foreign_keys();
  void end_suspension();

  Settings settings_;
  sql::ServerInfo server_;
  Handle handle_;
  FileLock lock_;
  Keeper keeper_{*this};
  std::vector<std::pair<std::string, std::string>> settings_before_;  ///< as they were after connecting
  int lock_limit_ = 0;
  bool suspended_ = false;  ///< the transaction was opened with foreign keys suspended
  Orphans orphans_before_;  ///< those that there were at its beginning
};

/// The library that is loaded.
sql::ServerInfo client();

}  // namespace dbctl::sqlite
