// The session's lock: GET_LOCK, which the server frees when the session ends.
#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/digest.hpp"
#include "dbctl/base/error.hpp"

namespace dbctl::mysql {

/// The server keeps one space of names, of at most 64 characters, for all its databases.
std::string MysqlConnection::lock_key(std::string_view name) const {
  const auto whole = fmt::format("{}@{}", name, settings_.database);
  return whole.size() <= 64 ? whole : "dbctl:" + sha256(whole).substr(0, 32);
}

bool MysqlConnection::try_lock(std::string_view name) {
  const auto key = lock_key(name);
  const bool mine = scalar("SELECT IS_USED_LOCK(?) = CONNECTION_ID()", {key}) == "1";
  // Taken twice, it would have to be released twice.
  if (!mine && scalar("SELECT GET_LOCK(?, 0)", {key}) != "1") return false;
  if (!mine) locks_.push_back(key);
  return true;
}

void MysqlConnection::unlock() noexcept {
  try {
    for (const auto& key : locks_) scalar("SELECT RELEASE_LOCK(?)", {key});
  } catch (const Error&) {
    // the session is gone, and its locks with it
  }
  locks_.clear();
}

/// The servers of a Galera cluster or of a replication group keep locks each for itself.
bool MysqlConnection::trusts_session_locks() {
  const auto* const asked =
      mariadb() ? "SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_VARIABLES WHERE VARIABLE_NAME = 'WSREP_ON'"
                : "SELECT PLUGIN_STATUS FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'group_replication'";
  const auto answer = scalar(asked);
  return answer != "ON" && answer != "ACTIVE";
}

std::optional<driver::LockHolder> MysqlConnection::lock_holder(std::string_view name) {
  const auto session = scalar("SELECT IS_USED_LOCK(?)", {lock_key(name)});
  if (session.empty()) return std::nullopt;
  auto text = state_of(session_id(session, {})).text;  // what it runs, too
  try {
    const auto pid = scalar(
        "SELECT ATTR_VALUE FROM performance_schema.session_account_connect_attrs WHERE ATTR_NAME = '_pid' AND "
        "PROCESSLIST_ID = ?",
        {session});
    if (!pid.empty()) text = fmt::format("pid {}, {}", pid, text);
  } catch (const StatementError&) {
    // the performance schema is not there for everyone; what is known is enough
  }
  return driver::LockHolder{std::move(text)};
}

}  // namespace dbctl::mysql
