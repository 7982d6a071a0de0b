// What a session is to dbctl: its settings, its transactions, what it can say about itself.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "errors.hpp"

namespace dbctl::mysql {
namespace {

constexpr std::string_view sentinel = "dbctl_sentinel";
constexpr int savepoint_missing = 1305;
constexpr int database_exists = 1007;
constexpr int database_missing = 1008;
constexpr sql::Version oldest_mysql{8, 0, 17};  // checks are enforced, utf8mb4_0900_bin is there
constexpr sql::Version oldest_mariadb{10, 6, 0};

/// `10.11.19-MariaDB-0+deb12u1` -> 10.11.19
sql::Version version_of(const std::string& text) {
  sql::Version version;
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int* part : {&version.major, &version.minor, &version.patch}) {
    at = std::from_chars(at, end, *part).ptr;
    if (at == end || *at != '.') break;
    ++at;
  }
  return version;
}

std::string text_of(const sql::Version& version) {
  return fmt::format("{}.{}.{}", version.major, version.minor, version.patch);
}

}  // namespace

std::string MysqlConnection::scalar(const std::string& sql, Row params) {
  const auto rows = query({.sql = sql, .params = std::move(params)});
  if (rows.empty() || rows.rows[0].empty() || is_null(rows.rows[0].back())) return {};
  return to_text(rows.rows[0].back());
}

void MysqlConnection::check_encryption() {
  if (settings_.tls >= Tls::require && scalar("SHOW STATUS LIKE 'Ssl_cipher'").empty()) raise_not_encrypted(settings_);
}

void MysqlConnection::read_server() {
  version_ = scalar("SELECT VERSION()");
  const bool maria = text::lower(version_).find("mariadb") != std::string::npos;
  server_ = {.product = maria ? "mariadb" : "mysql", .version = version_of(version_)};
  const auto& oldest = maria ? oldest_mariadb : oldest_mysql;
  if (server_.version < oldest)
    throw Error(codes::connection_server, {.summary = fmt::format("the server at {} is too old", settings_.server()),
                                           .why = fmt::format("it is {}; the oldest that dbctl works with is {} {}",
                                                              version_, maria ? "MariaDB" : "MySQL", text_of(oldest)),
                                           .next = {"upgrade the server"}});
  dialect_.emplace(server_);
  if (maria) role_ = scalar("SELECT CURRENT_ROLE()");
}

void MysqlConnection::prepare_session() {
  execute({.sql = "SET NAMES utf8mb4, SESSION sql_mode = "
                  "'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
                  "NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, foreign_key_checks = 1, "
                  "unique_checks = 1, sql_safe_updates = 0, sql_auto_is_null = 0, sql_select_limit = DEFAULT, "
                  "group_concat_max_len = DEFAULT, wait_timeout = 604800"});  // the lock's session waits for the work
  execute({.sql = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE"});
  set_statement_timeout(limit_);
  // not everybody may set these, even to what they are
  const auto state = guarded_state();
  if (guarded_.empty()) guarded_ = state;
  for (const auto& [variable, value] : guarded_)
    if (state.at(variable) != value) execute({.sql = fmt::format("SET SESSION {} = {}", variable, value)});
}

std::map<std::string, std::string> MysqlConnection::guarded_state() {
  const auto row = query({.sql = "SELECT @@SESSION.sql_log_bin, @@SESSION.innodb_strict_mode"}).rows.at(0);
  return {{"sql_log_bin", to_text(row[0])}, {"innodb_strict_mode", to_text(row[1])}};
}

void MysqlConnection::reset_session() {
  rollback();
  execute({.sql = "UNLOCK TABLES"});
  prepare_session();
  if (!settings_.database.empty()) execute({.sql = "USE " + dialect_->quote(settings_.database)});
  if (!mariadb()) {
    execute({.sql = "SET ROLE DEFAULT"});
  } else {
    execute({.sql = "SET ROLE " + (role_.empty() ? "NONE" : dialect_->quote(role_))});
  }
}

void MysqlConnection::set_statement_timeout(std::chrono::milliseconds limit) {
  limit_ = limit;
  const auto count = limit.count();
  if (mariadb())
    execute({.sql = fmt::format("SET SESSION max_statement_time = {}.{:03}", count / 1000, count % 1000)});
  else
    execute({.sql = fmt::format("SET SESSION max_execution_time = {}", count)});  // SELECT only
  set_lock_waits();
}

void MysqlConnection::set_lock_timeout(std::chrono::milliseconds limit) {
  if (std::exchange(lock_limit_, limit) != limit) set_lock_waits();
}

/// A statement that waits for another session's lock stops waiting; the server counts in seconds.
void MysqlConnection::set_lock_waits() {
  const bool both = limit_.count() > 0 && lock_limit_.count() > 0;
  const auto limit = both ? std::min(limit_, lock_limit_) : std::max(limit_, lock_limit_);
  const auto seconds = limit.count() == 0 ? std::string("DEFAULT") : std::to_string((limit.count() + 999) / 1000);
  execute({.sql = fmt::format("SET SESSION lock_wait_timeout = {0}, innodb_lock_wait_timeout = {0}", seconds)});
}

driver::ConnectionInfo MysqlConnection::info() {
  const auto comment = scalar("SELECT @@version_comment");
  const auto cipher = scalar("SHOW STATUS LIKE 'Ssl_cipher'");
  const auto protocol = scalar("SHOW STATUS LIKE 'Ssl_version'");
  return {.server = fmt::format("{} {} ({})", mariadb() ? "MariaDB" : "MySQL", version_, comment),
          .database = scalar("SELECT DATABASE()"),
          .user = scalar("SELECT CURRENT_USER()"),
          .tls = cipher.empty() ? "" : protocol + ' ' + cipher};
}

void MysqlConnection::begin(bool suspend_foreign_keys) {
  if (suspend_foreign_keys)
    throw Unsupported({.summary = "foreign keys cannot be suspended and checked afterwards",
                       .why = "with foreign_key_checks off the server never looks at what was written meanwhile"});
  execute({.sql = "START TRANSACTION"});
  in_transaction_ = true;
  execute({.sql = fmt::format("SAVEPOINT {}", sentinel)});
}

void MysqlConnection::commit() {
  try {
    execute({.sql = fmt::format("RELEASE SAVEPOINT {}", sentinel)});
    execute({.sql = "COMMIT"});
    in_transaction_ = false;
  } catch (const StatementError& failure) {
    rollback();
    if (failure.server().native != savepoint_missing) throw;
    throw Error(codes::statement_stray_commit,
                {.summary = "a statement ended the transaction before its time",
                 .why = "what ran before it is committed, and what ran after it was committed statement by statement",
                 .next = {"take COMMIT, ROLLBACK and whatever commits by itself (CREATE, ALTER, LOCK TABLES, a CALL of "
                          "a procedure that does) out of the migration"}});
  } catch (...) {
    in_transaction_ = false;  // the session is gone
    throw;
  }
}

void MysqlConnection::rollback() {
  if (!in_transaction_) return;
  in_transaction_ = false;
  execute({.sql = "ROLLBACK"});
}

std::vector<std::string> MysqlConnection::relations() {
  std::vector<std::string> names;
  const auto rows = query(
      {.sql = "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME"});
  for (const auto& row : rows.rows) names.push_back(to_text(row[0]));
  return names;
}

std::string MysqlConnection::home() {
  return settings_.database;
}

bool MysqlConnection::create_database(const std::string& name) {
  try {
    execute({.sql = fmt::format("CREATE DATABASE {} CHARACTER SET utf8mb4 COLLATE {}", dialect_->quote(name),
                                dialect_->default_collation())});
    return true;
  } catch (const StatementError& failure) {
    if (failure.server().native == database_exists) return false;
    throw;
  }
}

bool MysqlConnection::drop_database(const std::string& name) {
  try {
    execute({.sql = "DROP DATABASE " + dialect_->quote(name)});
    return true;
  } catch (const StatementError& failure) {
    if (failure.server().native == database_missing) return false;
    throw;
  }
}

}  // namespace dbctl::mysql
