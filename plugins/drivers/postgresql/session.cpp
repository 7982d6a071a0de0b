// What belongs to the session: who and where, its settings, its locks, and the databases around it.
#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/driver/session_text.hpp"
#include "dialect.hpp"

namespace dbctl::postgresql {
namespace {

constexpr int oldest_server = 130000;

/// Our own session in pg_locks: `bigint` keys are kept as two halves.
constexpr const char* holder_query =
    "SELECT a.application_name, l.pid, a.usename, host(a.client_addr), "
    "to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'), "
    "CASE WHEN a.state = 'active' THEN a.query END, "
    "COALESCE(floor(extract(epoch FROM clock_timestamp() - a.query_start)), 0)::bigint "
    "FROM (SELECT hashtextextended($1, 0) AS key) AS k, pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid "
    "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 "
    "AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND l.classid::bigint = ((key >> 32) & 4294967295) AND l.objid::bigint = (key & 4294967295)";

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

std::string as_identifier(std::string_view identifier) {
  return '"' + text::replace_all(std::string(identifier), "\"", "\"\"") + '"';
}

}  // namespace

/// What dbctl's own statements rely on, whatever the role or the server has set.
std::string PostgresqlConnection::session_settings(const std::string& set) const {
  std::string out;
  const auto add = [&](const std::string& what) { out += set + ' ' + what + "; "; };
  for (const char* const what : {"TimeZone = 'UTC'", "DateStyle = 'ISO, YMD'", "IntervalStyle = 'postgres'",
                                 "bytea_output = 'hex'", "client_encoding = 'UTF8'", "standard_conforming_strings = on",
                                 "extra_float_digits = 1", "quote_all_identifiers = off"})
    add(what);
  add(fmt::format("statement_timeout = {}", statement_timeout_.count()));
  add(fmt::format("lock_timeout = {}", lock_wait().count()));
  if (!schema_.empty()) add("search_path = " + as_identifier(schema_));
  // what is reported as done must survive a crash; stronger settings stay
  return out + fmt::format(
                   "SELECT set_config('synchronous_commit', 'on', {}) WHERE "
                   "current_setting('synchronous_commit') = 'off'",
                   set == "SET" ? "false" : "true");
}

std::string PostgresqlConnection::begin_text() const {
  return pooled_ ? "BEGIN; " + session_settings("SET LOCAL") : "BEGIN";
}

void PostgresqlConnection::identify() {
  const auto rows = query({"SELECT version(), current_setting('server_version_num')::int, pg_backend_pid()"});
  const auto& row = rows.rows.front();
  const auto product = text_of(row[0]);
  const auto number = static_cast<int>(to_int(row[1]));
  if (!product.starts_with("PostgreSQL ") || number < oldest_server)
    throw Error(codes::connection_server, {.summary = "dbctl supports PostgreSQL 13 and later",
                                           .where = place_.target,
                                           .why = "the server says: " + product,
                                           .next = {"use a newer server, or another driver"}});
  server_ = {"postgresql", {.major = number / 10000, .minor = number % 10000}};
  pooled_ = to_int(row[2]) != connection_->backendpid();
}

/// libpq keeps its promise over TCP; this is for what neither it nor we foresaw. Behind a pooler the view speaks of the
/// pooler's own connection to the server, not of ours.
void PostgresqlConnection::check_tls(const driver::Options& options) {
  const auto& mode = options.text("ssl_mode");
  if (mode == "disable" || mode == "prefer" || pooled_ || !info().tls.empty()) return;
  throw Error(codes::connection_tls, {.summary = fmt::format("the connection is not encrypted, ssl_mode is {}", mode),
                                      .where = place_.target,
                                      .why = "the server's pg_stat_ssl says so",
                                      .next = {"dbctl env show tells where ssl_mode came from"}});
}

void PostgresqlConnection::enter_schema(const std::string& schema) {
  if (!schema.empty()) {
    if (query({"SELECT 1 FROM pg_namespace WHERE nspname = $1", {schema}}).empty())
      throw Error(codes::connection_database, {.summary = fmt::format("the schema \"{}\" does not exist", schema),
                                               .where = place_.target,
                                               .next = {"dbctl create"}});
    home_ = schema_ = schema;
    if (!pooled_) run({"SET search_path = " + as_identifier(schema_)});
  } else if (home_ = ask("SELECT current_schema()"); home_.empty()) {
    throw Error(codes::connection_database,
                {.summary = "no schema to work in: none of the search path exists and is open to the user",
                 .where = place_.target,
                 .why = "search_path is " + ask("SHOW search_path"),
                 .next = {"set schema to the one to work in", "GRANT USAGE, CREATE ON SCHEMA public TO the user"}});
  }
}

driver::ConnectionInfo PostgresqlConnection::info() {
  const auto rows = query(
      {"SELECT version(), current_database(), current_user, CASE WHEN s.ssl THEN s.version || ' ' || s.cipher END "
       "FROM (SELECT 1) AS one LEFT JOIN pg_stat_ssl AS s ON s.pid = pg_backend_pid()"});
  const auto& row = rows.rows.front();
  return {.server = text_of(row[0]), .database = text_of(row[1]), .user = text_of(row[2]), .tls = text_of(row[3])};
}

bool PostgresqlConnection::try_lock(std::string_view name) {
  for (const auto& held : locks_)
    if (held == name) return true;
  const auto rows = query({"SELECT pg_try_advisory_lock(hashtextextended($1, 0))", {std::string(name)}});
  if (!std::get<bool>(rows.rows.front().front())) return false;
  locks_.emplace_back(name);
  return true;
}

void PostgresqlConnection::unlock() noexcept {
  try {
    for (const auto& name : locks_) run({"SELECT pg_advisory_unlock(hashtextextended($1, 0))", {name}});
  } catch (const std::exception&) {
    // the lock ends with the session, which is lost
  }
  locks_.clear();
}

std::optional<driver::LockHolder> PostgresqlConnection::lock_holder(std::string_view name) {
  const auto rows = query({holder_query, {std::string(name)}});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows.rows.front();
  auto text = text_of(row[0]).empty() ? std::string("a session") : text_of(row[0]);
  text += ", server process " + text_of(row[1]);
  const std::pair<const char*, std::string> details[] = {
      {", user ", text_of(row[2])}, {", from ", text_of(row[3])}, {", since ", text_of(row[4])}};
  for (const auto& [label, value] : details)
    if (!value.empty()) text += label + value;
  if (!is_null(row[5]))
    text += fmt::format(", for {} s: {}", text_of(row[6]), driver::statement_excerpt(text_of(row[5])));
  return driver::LockHolder{text};
}

/// They live in the server's session, which a pooler may give to others after each transaction.
bool PostgresqlConnection::trusts_session_locks() {
  return !pooled_;
}

std::vector<std::string> PostgresqlConnection::relations() {
  std::vector<std::string> names;
  const auto rows =
      query({"SELECT c.relname::text FROM pg_class AS c WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE "
             "nspname = current_schema()) "
             "AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT EXISTS (SELECT 1 FROM pg_depend AS d "
             "WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') ORDER BY c.relname"});
  for (const auto& row : rows.rows) names.push_back(text_of(row[0]));
  return names;
}

std::string PostgresqlConnection::home() {
  return home_;
}

schema::Schema PostgresqlConnection::describe(const driver::Scope& scope) {
  return describe_schema(*this, scope);
}

/// Like DISCARD ALL, but the locks stay.
void PostgresqlConnection::reset_session() {
  if (pooled_) return;  // see run()
  // ROLLBACK of a migration's own BEGIN; without one the server warns.
  run({std::string(in_transaction_ ? "" : "ROLLBACK; ") +
       "RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; CLOSE ALL; UNLISTEN *; DEALLOCATE ALL; DISCARD TEMP; "
       "DISCARD SEQUENCES; DISCARD PLANS; " +
       session_settings("SET")});
}

void PostgresqlConnection::set_statement_timeout(std::chrono::milliseconds limit) {
  statement_timeout_ = limit;
  if (!pooled_) run({fmt::format("SET statement_timeout = {}", limit.count())});
}

/// The option `lock_timeout` stays where it is the shorter one.
std::chrono::milliseconds PostgresqlConnection::lock_wait() const {
  const bool both = lock_timeout_.count() > 0 && lock_limit_.count() > 0;
  return both ? std::min(lock_timeout_, lock_limit_) : std::max(lock_timeout_, lock_limit_);
}

void PostgresqlConnection::set_lock_timeout(std::chrono::milliseconds limit) {
  if (std::exchange(lock_limit_, limit) != limit && !pooled_)
    run({fmt::format("SET lock_timeout = {}", lock_wait().count())});
}

bool PostgresqlConnection::make_database(const std::string& name) {
  if (!query({"SELECT 1 FROM pg_database WHERE datname = $1", {name}}).empty()) return false;
  const bool utf8 = ask("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'template1'") == "UTF8";
  try {
    // not run(): the server takes it in no transaction, and needs nothing of the session for it
    send({fmt::format("CREATE DATABASE {}{}", as_identifier(name), utf8 ? "" : " TEMPLATE template0 ENCODING 'UTF8'")});
  } catch (const StatementError& error) {
    if (error.server().sqlstate != "42P04" && error.server().sqlstate != "23505") throw;
    return false;  // another was faster
  }
  return true;
}

bool PostgresqlConnection::make_schema(const std::string& name) {
  if (!query({"SELECT 1 FROM pg_namespace WHERE nspname = $1", {name}}).empty()) return false;
  run({"CREATE SCHEMA " + as_identifier(name)});
  return true;
}

/// A pooler keeps its sessions when nobody uses them, and with them the database. They are known by being idle and
/// coming from where this one comes from; it opens others when it needs them.
constexpr const char* end_idle_sessions_of_the_pooler =
    "SELECT pg_terminate_backend(other.pid) FROM pg_stat_activity AS own JOIN pg_stat_activity AS other ON "
    "other.usesysid = own.usesysid AND other.client_addr IS NOT DISTINCT FROM own.client_addr AND other.pid <> own.pid "
    "WHERE own.pid = pg_backend_pid() AND other.datname = $1 AND other.state = 'idle'";

bool PostgresqlConnection::remove_database(const std::string& name) {
  if (query({"SELECT 1 FROM pg_database WHERE datname = $1", {name}}).empty()) return false;
  if (pooled_) query({end_idle_sessions_of_the_pooler, {name}});
  send({"DROP DATABASE " + as_identifier(name)});
  return true;
}

}  // namespace dbctl::postgresql
