#include "errors.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <cppconn/exception.h>
#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::mysql {
namespace {

bool is_one_of(int code, std::initializer_list<int> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

struct Meaning {
  const Code* code;
  std::string summary;
  std::vector<std::string> next = {};
};

bool is_lost(int code) {
  // client: gone away, lost, lost (extended), TLS broken off; server: shutting down, killed, idle too long
  return is_one_of(code, {2006, 2013, 2055, 2026, 1053, 1927, 1079, 4031});
}

Meaning constraint_meaning(int code) {
  const auto* meaning = &codes::statement_constraint;
  if (is_one_of(code, {1062, 1586})) return {meaning, "another row has the same key already"};
  if (is_one_of(code, {1048, 1263, 1364})) return {meaning, "a column must not be NULL"};
  if (is_one_of(code, {1216, 1452})) return {meaning, "a foreign key is violated: the row referred to does not exist"};
  if (is_one_of(code, {1217, 1451})) return {meaning, "a foreign key is violated: the row is still referred to"};
  if (is_one_of(code, {3819, 4025})) return {meaning, "a row does not pass a check"};
  if (code == 1644) return {meaning, "a trigger or procedure refused the row"};
  return {meaning, "a value does not fit its column"};
}

Meaning busy_meaning(int code) {
  const auto* meaning = &codes::statement_busy;
  if (is_one_of(code, {1317, 3024, 1969}))
    return {meaning, "the statement ran longer than allowed and was stopped", {"raise --statement-timeout"}};
  if (is_one_of(code, {1213, 1180, 3101}))
    return {meaning,
            "another session was at the same rows, and the server undid this transaction",
            {"run the same command again"}};
  return {meaning,
          "another session holds a lock that the statement needs",
          {"`SHOW PROCESSLIST` shows who; wait until it is done and run the same command again"}};
}

Meaning storage_meaning(int code) {
  const auto* meaning = &codes::statement_storage;
  if (is_one_of(code, {1290, 1836, 1792, 3100}))
    return {meaning,
            "the server takes no changes here",
            {"connect to the primary: `SELECT @@read_only` says whether this server is one"}};
  return {meaning,
          "the server's disk is full or cannot be written to",
          {"free some space on the server and run the same command again"}};
}

Meaning meaning_of(int code, const std::string& product) {
  if (is_one_of(code, {1062, 1586, 1048, 1263, 1364, 1216, 1452, 1217, 1451, 3819,
                       4025, 1644, 1406, 1264, 1265, 1366, 1292, 1411, 3140, 4038}))
    return constraint_meaning(code);
  if (is_one_of(code, {1205, 1213, 3572, 1317, 3024, 1969, 1180, 3101, 3058})) return busy_meaning(code);
  if (is_one_of(code, {1290, 1836, 1792, 3100, 1021, 1114, 1030, 1026, 3, 28})) return storage_meaning(code);
  if (is_one_of(code, {1044, 1045, 1142, 1143, 1227, 1370, 1419, 3879, 1132}))
    return {&codes::statement_privilege,
            "the user may not do that",
            {"`SHOW GRANTS` lists what the user may do; `dbctl doctor` shows it too"}};
  // Seen on MariaDB 10.11 of a small table, once some 190 columns had been added to it and dropped.
  if (code == 1118)
    return {&codes::statement_failed,
            "the table's rows would be too large",
            {"columns that were added and dropped leave traces until the table is rebuilt: `ALTER TABLE … FORCE`, then "
             "the same command again",
             "or make long columns text"}};
  return {&codes::statement_failed, fmt::format("{} refused a statement", product)};
}

std::string reason(const ::sql::SQLException& failure, const std::string& product) {
  if (failure.getErrorCode() == 0) return fmt::format("the client library: {}", failure.what());
  return fmt::format("{} error {} ({}): {}", product, failure.getErrorCode(), failure.getSQLState(), failure.what());
}

std::size_t line_of(std::string_view sql, std::size_t position) {
  return 1 + static_cast<std::size_t>(std::ranges::count(sql.substr(0, position), '\n'));
}

}  // namespace

std::optional<std::size_t> position_of(const std::string& message, const std::string& sql) {
  static constexpr std::string_view opening = "near '";
  static constexpr std::string_view closing = "' at line ";
  const auto begin = message.find(opening);
  const auto end = message.rfind(closing);
  if (begin == std::string::npos || end == std::string::npos || begin + opening.size() > end) return std::nullopt;
  const auto near = message.substr(begin + opening.size(), end - begin - opening.size());
  if (near.empty()) return sql.size();
  std::size_t line = 0;
  const auto* digits = message.data() + end + closing.size();
  std::from_chars(digits, message.data() + message.size(), line);
  std::vector<std::size_t> everywhere;
  std::vector<std::size_t> in_line;
  for (auto at = sql.find(near); at != std::string::npos; at = sql.find(near, at + 1)) {
    everywhere.push_back(at);
    if (line_of(sql, at) == line) in_line.push_back(at);
  }
  if (everywhere.size() == 1) return everywhere.front();
  return in_line.size() == 1 ? std::optional(in_line.front()) : std::nullopt;
}

void raise_statement(const ::sql::SQLException& failure, const Statement& statement, const std::string& product,
                     const Settings& settings) {
  const int code = failure.getErrorCode();
  if (is_lost(code))
    throw Error(codes::connection_lost, {.summary = fmt::format("the connection to {} was lost", settings.server()),
                                         .where = statement.origin.text(),
                                         .why = reason(failure, product),
                                         .next = {"run the same command again: it continues where it stopped"}});
  auto meaning = meaning_of(code, product);
  throw StatementError(*meaning.code,
                       {.message = failure.what(),
                        .sqlstate = code == 0 ? "" : failure.getSQLState(),
                        .native = code,
                        .position = position_of(failure.what(), statement.sql),
                        .lock_wait = code == 1205},
                       {.summary = std::move(meaning.summary),
                        .where = statement.origin.text(),
                        .why = reason(failure, product),
                        .next = std::move(meaning.next)});
}

void raise_connect(const ::sql::SQLException& failure, const Settings& settings) {
  const int code = failure.getErrorCode();
  const std::string message = failure.what();
  const auto why = reason(failure, "server");
  const auto says = [&](std::string_view word) { return message.find(word) != std::string::npos; };
  if (code == 2026 || code == 3159 || says("insecure transport") || says("TLS/SSL"))
    throw Error(codes::connection_tls,
                {.summary = fmt::format("no connection to {} with ssl_mode {}", settings.server(), settings.tls_name()),
                 .why = why,
                 .next = {"check ca, cert and key, and that the certificate bears the server's name",
                          "`dbctl env show` tells where ssl_mode comes from"}});
  if (code == 1049)
    throw Error(codes::connection_database,
                {.summary = fmt::format("there is no database {} at {}", settings.database, settings.server()),
                 .why = why,
                 .next = {"dbctl create"}});
  if (is_one_of(code, {1044, 1045, 1130, 1251, 1275, 1698, 1820, 1862, 2049, 2059, 2061, 3118, 4151})) {
    std::vector<std::string> next{"check user and password: `dbctl env show` tells where each comes from"};
    if (code == 1045 && settings.tls == Tls::disable)
      next.emplace_back("the user may be one that must use TLS: try ssl_mode: require");
    throw Error(codes::connection_refused, {.summary = fmt::format("{} refused {}", settings.server(), settings.user),
                                            .why = why,
                                            .next = std::move(next)});
  }
  raise_unreachable(settings, why);
}

void raise_unreachable(const Settings& settings, const std::string& why) {
  throw Error(codes::connection_failed,
              {.summary = fmt::format("no connection to {}", settings.server()),
               .why = why,
               .next = {"check host and port, and that the server runs: `dbctl wait` waits until it answers"}});
}

void raise_not_encrypted(const Settings& settings) {
  throw Error(codes::connection_tls,
              {.summary = fmt::format("{} offers no TLS, and ssl_mode is {}", settings.server(), settings.tls_name()),
               .why = "the connection was closed before user and password were sent",
               .next = {"switch TLS on at the server", "or, in a network that you trust, use ssl_mode: prefer"}});
}

}  // namespace dbctl::mysql
