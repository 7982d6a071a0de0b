// Who is at work: sessions by their numbers, which begin anew when the server starts.
#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/error.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/driver/session_text.hpp"

namespace dbctl::mysql {
namespace {

constexpr int no_such_session = 1094;
constexpr int not_the_owner = 1095;
constexpr int privilege_missing = 1227;
constexpr int select_denied = 1142;

/// SessionId::id is "NUMBER/START/USER".
std::string number_of(const driver::SessionId& session) {
  return session.id.substr(0, session.id.find('/'));
}
std::string text_of(const Value& value) {
  return is_null(value) ? std::string() : to_text(value);
}
std::string user_of(const std::string& account) {
  return account.substr(0, account.rfind('@'));
}

/// One row of SHOW FULL PROCESSLIST: Id, User, Host, db, Command, Time, State, Info.
driver::SessionFacts facts_of(const Row& row) {
  auto host = text_of(row.at(2));
  const auto colon = host.rfind(':');
  if (colon != std::string::npos && host.find_first_not_of("0123456789", colon + 1) == std::string::npos)
    host.resize(colon);
  const auto command = text_of(row.at(4));
  return {.number = text_of(row.at(0)),
          .user = text_of(row.at(1)),
          .host = host,
          .seconds = is_null(row.at(5)) ? 0 : to_int(row.at(5)),
          .doing = command == "Sleep" ? "idle" : command,
          .statement = text_of(row.at(7))};
}

}  // namespace

/// When the server started, by its own clock, to the second: both numbers are of the same moment, so that their
/// difference is always the same.
const std::string& MysqlConnection::server_start() {
  if (server_start_.empty()) {
    server_start_ =
        scalar(fmt::format("SELECT CAST(UNIX_TIMESTAMP() - VARIABLE_VALUE AS SIGNED) FROM {}.global_status "
                           "WHERE VARIABLE_NAME = 'Uptime'",
                           mariadb() ? "information_schema" : "performance_schema"));
    if (!mariadb()) server_start_ += '-' + scalar("SELECT @@server_uuid");
  }
  return server_start_;
}

driver::SessionId MysqlConnection::session_id(const std::string& number, const std::string& user) {
  return {fmt::format("{}/{}/{}", number, server_start(), user)};
}

bool MysqlConnection::of_this_start(const driver::SessionId& session) {
  return session.id.starts_with(fmt::format("{}/{}/", number_of(session), server_start()));
}

driver::SessionId MysqlConnection::session() {
  return session_id(scalar("SELECT CONNECTION_ID()"), user_of(scalar("SELECT USER()")));
}

bool MysqlConnection::sees_all_sessions() {
  try {
    query({.sql = "SELECT 1 FROM information_schema.INNODB_TRX LIMIT 1"});  // for those who have the right PROCESS
    return true;
  } catch (const StatementError& failure) {
    if (failure.server().native != privilege_missing) throw;
    return false;
  }
}

driver::SessionState MysqlConnection::state_of(const driver::SessionId& session) {
  using Kind = driver::SessionState::Kind;
  const auto number = number_of(session);
  if (!of_this_start(session)) {
    if (!trusts_session_locks())
      return {Kind::hidden, fmt::format("session {} is at another server of the cluster, or was at this one before it "
                                        "was started again",
                                        number)};
    return {Kind::gone, fmt::format("session {} ended with its server", number)};
  }
  for (const auto& row : query({.sql = "SHOW FULL PROCESSLIST"}).rows)
    if (text_of(row.at(0)) == number)  // one that is killed too, which undoes its work before it is gone
      return {Kind::there, driver::session_text(facts_of(row))};
  const bool ones_own = session.id.ends_with('/' + user_of(scalar("SELECT CURRENT_USER()")));
  if (ones_own || sees_all_sessions()) return {Kind::gone, fmt::format("session {} has ended", number)};
  return {Kind::hidden, fmt::format("session {} is another user's; seeing it takes the right PROCESS", number)};
}

bool MysqlConnection::end(const driver::SessionId& session) {
  const auto number = number_of(session);
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (error != std::errc() || end != number.data() + number.size() || !of_this_start(session)) return true;
  try {
    execute({.sql = fmt::format("KILL {}", id)});
    return true;
  } catch (const StatementError& failure) {
    if (failure.server().native == no_such_session) return true;
    if (failure.server().native == not_the_owner || failure.server().native == privilege_missing) return false;
    throw;
  }
}

/// Who holds locks on the tables' definitions; nothing where this server or user cannot tell.
std::optional<std::set<std::string>> MysqlConnection::lock_holders(const std::vector<std::string>& tables) {
  const std::vector<std::string> marks(tables.size(), "?");
  const auto in_tables = text::join(marks, ", ");
  if (mariadb() && scalar("SELECT 1 FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'METADATA_LOCK_INFO' AND "
                          "PLUGIN_STATUS = 'ACTIVE'")
                       .empty())
    return std::nullopt;
  try {
    std::set<std::string> numbers;
    const auto sql = mariadb() ? fmt::format(
                                     "SELECT DISTINCT THREAD_ID FROM information_schema.METADATA_LOCK_INFO WHERE "
                                     "TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN ({})",
                                     in_tables)
                               : fmt::format(
                                     "SELECT DISTINCT t.PROCESSLIST_ID FROM performance_schema.metadata_locks l JOIN "
                                     "performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID WHERE "
                                     "l.OBJECT_TYPE = 'TABLE' AND l.LOCK_STATUS = 'GRANTED' AND l.OBJECT_SCHEMA = "
                                     "DATABASE() AND l.OBJECT_NAME IN ({}) AND t.PROCESSLIST_ID IS NOT NULL",
                                     in_tables);
    for (const auto& row : query({.sql = sql, .params = Row(tables.begin(), tables.end())}).rows)
      numbers.insert(to_text(row[0]));
    return numbers;
  } catch (const StatementError& failure) {
    if (failure.server().native != select_denied) throw;
    return std::nullopt;
  }
}

/// As of a tenth of a second ago: the server gives the same answer again to who asks more often.
std::set<std::string> MysqlConnection::in_transactions() {
  std::set<std::string> numbers;
  if (!sees_all_sessions()) return numbers;
  for (const auto& row : query({.sql = "SELECT TRX_MYSQL_THREAD_ID FROM information_schema.INNODB_TRX WHERE "
                                       "TRX_MYSQL_THREAD_ID <> 0"})
                             .rows)
    numbers.insert(to_text(row[0]));
  return numbers;
}

std::vector<driver::Blocker> MysqlConnection::blockers(const std::vector<std::string>& tables) {
  if (tables.empty()) return {};
  const auto self = scalar("SELECT CONNECTION_ID()");
  const auto holders = lock_holders(tables);
  // Without a list of locks: whoever has a transaction open in this database may hold one on anything it has touched.
  const auto suspects = holders ? *holders : in_transactions();
  std::vector<driver::Blocker> out;
  for (const auto& row : query({.sql = "SHOW FULL PROCESSLIST"}).rows) {
    const auto facts = facts_of(row);
    if (facts.number == self || !suspects.contains(facts.number)) continue;
    if (!holders && text_of(row.at(3)) != settings_.database) continue;
    auto text = driver::session_text(facts);
    if (!holders) text += " (it has a transaction open)";
    out.push_back({session_id(facts.number, facts.user), std::move(text)});
  }
  return out;
}

}  // namespace dbctl::mysql
