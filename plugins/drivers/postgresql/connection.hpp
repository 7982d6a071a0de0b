#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "errors.hpp"
#include "pqxx_compat.hpp"

namespace dbctl::postgresql {

/// One session. Transactions are opened and closed by statements of its own, so that those which the server refuses in
/// a transaction block take the same path as all others.
class PostgresqlConnection final : public driver::Connection {
 public:
  /// Connects to the database that the options name.
  explicit PostgresqlConnection(const driver::Options& options);
  /// Connects to another database of the same server, and to no schema in particular.
  PostgresqlConnection(const driver::Options& options, const std::string& database);
  ~PostgresqlConnection() override;
  PostgresqlConnection(const PostgresqlConnection&) = delete;
  PostgresqlConnection& operator=(const PostgresqlConnection&) = delete;

  const sql::ServerInfo& server() const noexcept override { return server_; }
  driver::ConnectionInfo info() override;

  std::int64_t execute(const Statement& statement) override;
  void execute_all(const std::vector<Statement>& statements) override;
  Rows query(const Statement& statement) override;
  void each(const Statement& statement, const std::function<bool(const Row&)>& row) override;

  void begin(bool suspend_foreign_keys) override;
  void commit() override;
  void rollback() override;
  bool in_transaction() const override { return in_transaction_; }

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

  /// False when it is there already, or is not there to drop.
  bool make_database(const std::string& name);
  bool make_schema(const std::string& name);
  bool remove_database(const std::string& name);

 private:
  /// Only inside a catch block, see rethrow_connection.
  [[noreturn]] void explain_connection(const Secret& password) const;
  pqxx::result run(const Statement& statement);
  pqxx::result send(const Statement& statement);
  Rows rows_of(const pqxx::result& result) const;
  /// The text of one value, for questions to the server that have one answer.
  std::string ask(const std::string& sql);
  void identify();
  void check_tls(const driver::Options& options);
  void enter_schema(const std::string& schema);
  /// "SET" or "SET LOCAL" of all that dbctl's own statements rely on.
  std::string session_settings(const std::string& set) const;
  std::string begin_text() const;
  std::chrono::milliseconds lock_wait() const;
  void examine_server(std::vector<driver::Finding>& findings);
  void examine_rights(std::vector<driver::Finding>& findings);
  void read_cursor(const std::string& fetch, const std::function<bool(const Row&)>& row);

  Place place_;
  std::string schema_;  ///< empty: the first of the user's search path
  std::string home_;    ///< the schema that this is after connecting
  std::chrono::milliseconds statement_timeout_{0}, lock_timeout_{0}, lock_limit_{0};
  std::string notice_text_;  ///< of the statement that runs
  std::unique_ptr<pqxx::connection> connection_;
  std::optional<compat::Notices> notices_;
  sql::ServerInfo server_;
  bool pooled_ = false;  ///< another process than the one we speak to runs the statements
  bool in_transaction_ = false;
  bool reading_ = false;  ///< in a transaction of `each`
  std::vector<std::string> locks_;
};

/// What is there, in the connection's schema; asks through the interface alone.
schema::Schema describe_schema(driver::Connection& connection, const driver::Scope& scope);

}  // namespace dbctl::postgresql
