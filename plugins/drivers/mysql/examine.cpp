// `dbctl doctor`: what the server's configuration and the user's rights mean for dbctl. It only looks.
#include <fmt/format.h>

#include "connection.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::mysql {
namespace {

using driver::Finding;
using Level = driver::Finding::Level;

constexpr std::int64_t mebibyte = 1024 * 1024;

std::string in_mebibytes(std::int64_t bytes) {
  return fmt::format("{} MiB", bytes / mebibyte);
}

Finding buffer_pool(std::int64_t bytes) {
  if (bytes >= 1024 * mebibyte) return {Level::good, "innodb_buffer_pool_size", in_mebibytes(bytes)};
  return {Level::advice, "innodb_buffer_pool_size",
          fmt::format("{}: a shop's data is read from memory where it fits; set innodb_buffer_pool_size = 1G in the "
                      "server's configuration (my.cnf). It is the server's, so no migration sets it",
                      in_mebibytes(bytes))};
}

Finding query_cache(const std::string& bytes) {
  if (bytes.empty())
    return {Level::good, "query_cache_size", "this server has no query cache; take the setting out of my.cnf"};
  if (bytes == "0") return {Level::good, "query_cache_size", "off"};
  return {Level::advice, "query_cache_size",
          fmt::format("{}: every write locks the whole cache; with many sessions set query_cache_type = 0 in my.cnf",
                      in_mebibytes(to_int(Value(Decimal{bytes}))))};
}

/// What is promised after a crash holds for a server that keeps what it says is committed.
Finding durability(const std::string& flush) {
  if (flush.empty() || flush == "1")
    return {Level::good, "innodb_flush_log_at_trx_commit", flush.empty() ? "1" : flush};
  return {
      Level::advice, "innodb_flush_log_at_trx_commit",
      fmt::format("{}: a crash can lose what was reported as committed, and dbctl's record of it; set it to 1 in the "
                  "server's configuration (my.cnf)",
                  flush)};
}

Finding time_zone(const std::string& global, const std::string& system) {
  const auto zone = global == "SYSTEM" ? system : global;
  if (zone == "UTC" || zone == "+00:00") return {Level::good, "time_zone", zone};
  return {Level::advice, "time_zone",
          fmt::format("{}: dbctl's own sessions are in UTC; others get local times from NOW() and "
                      "CURRENT_TIMESTAMP unless they SET time_zone = '+00:00'",
                      zone)};
}

}  // namespace

std::vector<driver::Finding> MysqlConnection::examine() {
  std::vector<Finding> findings;
  const auto variable = [this](const std::string& name) {
    return scalar(fmt::format("SHOW GLOBAL VARIABLES LIKE '{}'", name));
  };
  const auto number = [](const std::string& text) { return text.empty() ? 0 : to_int(Value(Decimal{text})); };

  const auto about = info();
  findings.push_back({Level::good, "server", about.server});
  if (!about.tls.empty())
    findings.push_back({Level::good, "TLS", about.tls});
  else if (settings_.socket.empty())
    findings.push_back({Level::advice, "TLS", "the session is not encrypted; set ssl_mode: require"});
  if (limit_.count() > 0 && !mariadb())
    findings.push_back({Level::advice, "statement_timeout",
                        "MySQL ends SELECT statements alone when they run too long; others run to their end, and only "
                        "stop waiting for locks"});
  findings.push_back(buffer_pool(number(variable("innodb_buffer_pool_size"))));
  findings.push_back(query_cache(variable("query_cache_size")));
  findings.push_back(durability(variable("innodb_flush_log_at_trx_commit")));

  const auto packet = number(variable("max_allowed_packet"));
  findings.push_back(
      {packet < 16 * mebibyte ? Level::advice : Level::good, "max_allowed_packet",
       packet < 16 * mebibyte
           ? fmt::format("{}: larger values and seeds are refused; set it to 64M in my.cnf", in_mebibytes(packet))
           : in_mebibytes(packet)});
  const auto mode = variable("sql_mode");
  findings.push_back(mode.find("STRICT_") != std::string::npos
                         ? Finding{Level::good, "sql_mode", mode}
                         : Finding{Level::advice, "sql_mode",
                                   "not strict: other programs' values are cut to fit without an error; dbctl's own "
                                   "sessions are strict"});
  findings.push_back(time_zone(variable("time_zone"), variable("system_time_zone")));
  if (variable("wsrep_on") == "ON" || !variable("group_replication_group_name").empty())
    findings.push_back({Level::problem, "cluster",
                        "this is a node of a cluster, where GET_LOCK excludes nobody on the other nodes: run dbctl "
                        "against one node only, never twice at a time"});
  if (variable("read_only") == "ON")
    findings.push_back({Level::problem, "read_only", "the server takes no changes; connect to the primary"});
  std::vector<std::string> grants;
  for (const auto& row : query({.sql = "SHOW GRANTS"}).rows) {
    const auto grant = to_text(row[0]);
    grants.push_back(grant.substr(0, grant.find(" IDENTIFIED")));  // MariaDB adds the password's hash, BY or VIA
  }
  findings.push_back({Level::good, "privileges", text::join(grants, "; ")});
  return findings;
}

}  // namespace dbctl::mysql
