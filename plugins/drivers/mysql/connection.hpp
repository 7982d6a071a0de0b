#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "dialect.hpp"
#include "relay.hpp"
#include "settings.hpp"

namespace sql {  // the client library's
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace dbctl::mysql {

/// "MySQL Connector/C++ 1.1.12"
std::string client_name();

/// One session with a MySQL or MariaDB server.
///
/// The client library's commit(), rollback() and setAutoCommit() swallow the server's errors and are never called:
/// transactions are statements here. Each call sends one statement and takes all of its results.
class MysqlConnection final : public driver::Connection {
 public:
  /// Without a database in the settings it connects to the server alone.
  explicit MysqlConnection(Settings settings);
  ~MysqlConnection() override;

  const sql::ServerInfo& server() const noexcept override { return server_; }
  driver::ConnectionInfo info() override;

  std::int64_t execute(const Statement& statement) override;
  void execute_all(const std::vector<Statement>& statements) override { driver::execute_in_turn(*this, statements); }
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

  /// False when it is there already, and when there is none.
  bool create_database(const std::string& name);
  bool drop_database(const std::string& name);

 private:
  struct Cursor;

  void open();
  /// Throws connection_tls unless the session is as secure as asked. The first thing sent.
  void check_encryption();
  void read_server();
  /// Everything of a session that dbctl relies on.
  void prepare_session();
  /// Variables that only some users may set, and what they are.
  std::map<std::string, std::string> guarded_state();

  template <class Work>
  auto guarded(const Statement& statement, Work work);
  std::unique_ptr<::sql::PreparedStatement> prepare(const Statement& statement, Cursor& cursor);
  void select(const Statement& statement, bool row_by_row, std::vector<std::string>* columns,
              const std::function<bool(const Row&)>& row);
  /// Hands each row to `row` until it returns false, then takes the rest.
  void read(::sql::ResultSet& result, const std::function<bool(const Row&)>& row,
            std::vector<std::string>* columns = nullptr);
  /// The first value of the first row as text; empty for none and for NULL.
  std::string scalar(const std::string& sql, Row params = {});

  bool mariadb() const noexcept { return server_.product == "mariadb"; }
  std::string lock_key(std::string_view name) const;
  void set_lock_waits();

  const std::string& server_start();
  driver::SessionId session_id(const std::string& number, const std::string& user);
  bool of_this_start(const driver::SessionId& session);
  bool sees_all_sessions();
  std::optional<std::set<std::string>> lock_holders(const std::vector<std::string>& tables);
  std::set<std::string> in_transactions();

  Settings settings_;
  std::unique_ptr<Relay> relay_;  ///< what the client's session goes through, where it must be encrypted
  std::unique_ptr<::sql::Connection> client_;
  sql::ServerInfo server_;
  std::optional<MysqlDialect> dialect_;
  std::string version_;                         ///< as the server says it
  std::string role_;                            ///< MariaDB: as after connecting; elsewhere SET ROLE DEFAULT does it
  std::map<std::string, std::string> guarded_;  ///< as after connecting
  std::string server_start_;                    ///< empty: not asked yet
  std::vector<std::string> locks_;              ///< held, by the server's names of them
  std::chrono::milliseconds limit_{0}, lock_limit_{0};
  bool in_transaction_ = false;
};

}  // namespace dbctl::mysql
