#pragma once
#include <set>
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"

namespace dbctl::null {

/// Remembers what it was given. Queries return no rows.
class NullConnection final : public driver::Connection {
 public:
  /// `record`: a file to which every statement is appended; empty: none.
  NullConnection(sql::ServerInfo server, std::string record);

  const sql::ServerInfo& server() const noexcept override;
  driver::ConnectionInfo info() override;

  std::int64_t execute(const Statement& statement) override;
  void execute_all(const std::vector<Statement>& statements) override { driver::execute_in_turn(*this, statements); }
  Rows query(const Statement& statement) override;
  void each(const Statement& statement, const std::function<bool(const Row&)>& row) override;

  void begin(bool suspend_foreign_keys) override;
  void commit() override;
  void rollback() override;
  bool in_transaction() const override;

  bool try_lock(std::string_view name) override;
  void unlock() noexcept override;
  std::optional<driver::LockHolder> lock_holder(std::string_view name) override;
  bool trusts_session_locks() override;

  schema::Schema describe(const driver::Scope& scope) override;
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

  /// Everything so far, BEGIN, COMMIT and ROLLBACK included.
  const std::vector<Statement>& statements() const noexcept { return statements_; }

 private:
  void take(const Statement& statement);

  sql::ServerInfo server_;
  std::string record_;
  std::vector<Statement> statements_;
  std::set<std::string, std::less<>> locks_;
  bool in_transaction_ = false;
};

}  // namespace dbctl::null
