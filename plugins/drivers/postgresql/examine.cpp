// What `dbctl doctor` tells about the server and the user.
#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::postgresql {
namespace {

using driver::Finding;
using Level = driver::Finding::Level;

/// A setting, the value that is worth a word, and the word.
struct Advice {
  const char* setting;
  const char* value;
  Level level;
  const char* text;
};

constexpr Advice settings[] = {
    {"fsync", "off", Level::problem, "a crash of the machine can destroy the database; set it to on"},
    {"full_page_writes", "off", Level::problem, "a crash of the machine can damage pages; set it to on"},
    {"synchronous_commit", "off", Level::advice, "dbctl sets it to on for its own sessions"},
    {"default_transaction_read_only", "on", Level::problem, "the user's transactions cannot write"},
    {"transaction_read_only", "on", Level::problem, "this session cannot write"},
    {"lock_timeout", "0", Level::advice,
     "a statement that waits for a lock holds up all that come after it; set the connection's lock_timeout, e.g. 5000"},
};

}  // namespace

std::vector<Finding> PostgresqlConnection::examine() {
  std::vector<Finding> findings;
  const auto about = info();
  findings.push_back({Level::good, "server", about.server});
  if (about.tls.empty())
    findings.push_back(
        {Level::advice, "tls",
         pooled_ ? "between pooler and server the connection is not encrypted" : "the connection is not encrypted"});
  else
    findings.push_back({Level::good, "tls", about.tls});
  if (pooled_)
    findings.push_back(
        {Level::problem, "pooler",
         "a connection pooler stands between: the lock and the session's settings are safe in its session "
         "mode only; connect to the server itself"});
  examine_server(findings);
  examine_rights(findings);
  return findings;
}

void PostgresqlConnection::examine_server(std::vector<Finding>& findings) {
  for (const auto& [setting, value, level, text] : settings)
    if (ask(fmt::format("SELECT current_setting('{}')", setting)) == value)
      findings.push_back({level, setting, fmt::format("is {}: {}", value, text)});
  const auto encoding = ask("SELECT current_setting('server_encoding')");
  if (encoding != "UTF8")
    findings.push_back(
        {Level::problem, "server_encoding",
         fmt::format("is {}: text outside of it cannot be stored; make the database with UTF8", encoding)});
  if (ask("SELECT pg_is_in_recovery()") == "true")
    findings.push_back(
        {Level::problem, "standby", "the server is a standby and cannot be written to; use the primary"});
  const auto role_limit = ask("SELECT reset_val FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'");
  if (role_limit != "0" && !role_limit.empty())
    findings.push_back(
        {Level::advice, "idle_in_transaction_session_timeout",
         fmt::format("is {} ms: a migration that waits longer inside a transaction is ended", role_limit)});
}

void PostgresqlConnection::examine_rights(std::vector<Finding>& findings) {
  const auto schema = ask("SELECT current_schema()");
  const auto may = [&](const std::string& question) { return ask("SELECT " + question) == "true"; };
  if (may("has_schema_privilege(current_schema(), 'CREATE')"))
    findings.push_back({Level::good, "privileges", fmt::format("may create tables in schema {}", schema)});
  else
    findings.push_back({Level::problem, "privileges",
                        fmt::format("may not create tables in schema {}: GRANT CREATE, USAGE ON SCHEMA {} TO {}",
                                    schema, schema, ask("SELECT quote_ident(current_user)"))});
  if (may("rolsuper FROM pg_roles WHERE rolname = current_user"))
    findings.push_back({Level::advice, "privileges", "the user is a superuser; one that owns the schema is enough"});
  const auto foreign =
      ask("SELECT string_agg(c.relname, ', ' ORDER BY c.relname) FROM pg_class AS c "
          "WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND c.relkind IN "
          "('r', 'p') "
          "AND NOT pg_has_role(c.relowner, 'USAGE')");
  if (!foreign.empty())
    findings.push_back(
        {Level::problem, "privileges", "tables that belong to others and cannot be altered: " + foreign});
}

}  // namespace dbctl::postgresql
