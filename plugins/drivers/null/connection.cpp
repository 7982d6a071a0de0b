#include "connection.hpp"

#include <fstream>
#include <utility>

#include "errors.hpp"

namespace dbctl::null {

NullConnection::NullConnection(sql::ServerInfo server, std::string record)
    : server_(std::move(server)), record_(std::move(record)) {}

const sql::ServerInfo& NullConnection::server() const noexcept {
  return server_;
}

driver::ConnectionInfo NullConnection::info() {
  return {.server = "none", .database = "null"};
}

void NullConnection::take(const Statement& statement) {
  statements_.push_back(statement);
  if (record_.empty()) return;
  std::ofstream file(record_, std::ios::app);
  file << statement.sql << ";\n" << std::flush;
  if (!file) throw cannot_record(record_);
}

std::int64_t NullConnection::execute(const Statement& statement) {
  take(statement);
  return 0;
}

Rows NullConnection::query(const Statement& statement) {
  take(statement);
  return {};
}

void NullConnection::each(const Statement& statement, const std::function<bool(const Row&)>&) {
  take(statement);
}

void NullConnection::begin(bool suspend_foreign_keys) {
  if (suspend_foreign_keys) throw no_foreign_keys();
  take({.sql = "BEGIN"});
  in_transaction_ = true;
}

void NullConnection::commit() {
  if (!std::exchange(in_transaction_, false)) throw not_in_transaction();
  take({.sql = "COMMIT"});
}

void NullConnection::rollback() {
  if (std::exchange(in_transaction_, false)) take({.sql = "ROLLBACK"});
}

bool NullConnection::in_transaction() const {
  return in_transaction_;
}

// Nothing is shared between two connections: there is nobody to keep out.
bool NullConnection::try_lock(std::string_view name) {
  locks_.emplace(name);
  return true;
}

void NullConnection::unlock() noexcept {
  locks_.clear();
}

std::optional<driver::LockHolder> NullConnection::lock_holder(std::string_view name) {
  if (!locks_.contains(name)) return std::nullopt;
  return driver::LockHolder{"this connection"};
}

bool NullConnection::trusts_session_locks() {
  return true;
}

schema::Schema NullConnection::describe(const driver::Scope&) {
  return {};
}

std::vector<std::string> NullConnection::relations() {
  return {};
}

std::string NullConnection::home() {
  return {};
}

void NullConnection::reset_session() {}

void NullConnection::set_statement_timeout(std::chrono::milliseconds) {}
void NullConnection::set_lock_timeout(std::chrono::milliseconds) {}

std::vector<driver::Finding> NullConnection::examine() {
  return {{.level = driver::Finding::Level::good, .subject = "database", .text = "there is none"}};
}

}  // namespace dbctl::null
