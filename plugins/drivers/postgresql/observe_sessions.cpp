// Who is at work: sessions by process and by when they and the server started, since processes' numbers come again.
#include <charconv>

#include <fmt/format.h>

#include "catalogue.hpp"
#include "connection.hpp"
#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/driver/session_text.hpp"

namespace dbctl::postgresql {
namespace {

using State = driver::SessionState::Kind;

std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}

/// "PROCESS/CONNECTED/SERVER STARTED"; when it connected is left empty where this user may not see it.
const std::string session_id =
    "a.pid || '/' || COALESCE(to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), '') || '/' || "
    "to_char(pg_postmaster_start_time() AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')";

/// id, then what session_text shows.
const std::string session_facts =
    session_id +
    ", a.pid::text, COALESCE(a.usename::text, a.backend_type, 'unknown'), host(a.client_addr), "
    "COALESCE(floor(extract(epoch FROM clock_timestamp() - CASE WHEN a.state = 'active' THEN a.query_start ELSE "
    "COALESCE(a.state_change, a.backend_start) END)), 0)::bigint, COALESCE(a.state, 'at work'), CASE WHEN a.state = "
    "'active' THEN a.query END";

std::string told(const Row& row) {
  return driver::session_text({.number = text_of(row[1]),
                               .user = text_of(row[2]),
                               .host = text_of(row[3]),
                               .seconds = to_int(row[4]),
                               .doing = text_of(row[5]),
                               .statement = text_of(row[6])});
}

struct Parts {
  std::int64_t process = 0;
  std::string connected, started;
};

std::optional<Parts> parts_of(const driver::SessionId& session) {
  const auto parts = text::split(session.id, '/');
  Parts out;
  if (parts.size() != 3) return std::nullopt;
  const auto& number = parts[0];
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), out.process);
  if (error != std::errc() || end != number.data() + number.size()) return std::nullopt;
  out.connected = parts[1];
  out.started = parts[2];
  return out;
}

}  // namespace

driver::SessionId PostgresqlConnection::session() {
  if (pooled_) return {};  // the next transaction may have another one
  return {ask("SELECT " + session_id + " FROM pg_stat_activity AS a WHERE a.pid = pg_backend_pid()")};
}

driver::SessionState PostgresqlConnection::state_of(const driver::SessionId& session) {
  const auto parts = parts_of(session);
  if (!parts) return {State::gone, "no session of this database"};
  const auto rows =
      query({"SELECT " + session_facts + " FROM pg_stat_activity AS a WHERE a.pid = $1", {parts->process}}).rows;
  const driver::SessionState gone{State::gone, fmt::format("session {} has ended", parts->process)};
  if (rows.empty()) return gone;
  const auto found = parts_of({text_of(rows.front()[0])});
  if (found->started != parts->started) return gone;
  // without the right to see when it connected, it counts as the one that is asked for
  if (!found->connected.empty() && !parts->connected.empty() && found->connected != parts->connected) return gone;
  return {State::there, told(rows.front())};
}

bool PostgresqlConnection::end(const driver::SessionId& session) {
  constexpr std::string_view not_allowed = "42501";
  if (state_of(session).kind == State::gone) return true;
  const auto parts = parts_of(session);
  try {
    // asked and ended in one statement: the process may be another session's by now
    const auto rows = query({"SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity AS a WHERE a.pid = $1 AND " +
                                 session_id + " = $2",
                             {parts->process, session.id}})
                          .rows;
    return !rows.empty() || state_of(session).kind == State::gone;
  } catch (const StatementError& failure) {
    if (failure.server().sqlstate == not_allowed) return false;
    throw;
  }
}

std::vector<driver::Blocker> PostgresqlConnection::blockers(const std::vector<std::string>& tables) {
  std::vector<driver::Blocker> out;
  if (tables.empty()) return out;
  const auto parameters = names_parameters(tables);
  const auto locked = fmt::format(
      "FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid WHERE l.locktype = 'relation' AND l.granted "
      "AND l.pid IS DISTINCT FROM pg_backend_pid() AND l.database = (SELECT oid FROM pg_database WHERE datname = "
      "current_database()) AND l.relation IN (SELECT o.oid FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = "
      "c.relnamespace LEFT JOIN pg_index AS x ON x.indrelid = c.oid CROSS JOIN LATERAL (VALUES (c.oid), "
      "(x.indexrelid)) AS o (oid) WHERE {})",
      is_asked_for("n.nspname", "c.relname"));
  for (const auto& row :
       query({"SELECT DISTINCT " + session_facts + " " + locked + " AND a.pid IS NOT NULL ORDER BY 2", parameters})
           .rows)
    out.push_back({{text_of(row[0])}, told(row)});
  if (!query({"SELECT 1 " + locked + " AND l.pid IS NULL LIMIT 1", parameters}).empty())
    out.push_back({{}, "a prepared transaction, one of those in pg_prepared_xacts"});
  return out;
}

}  // namespace dbctl::postgresql
