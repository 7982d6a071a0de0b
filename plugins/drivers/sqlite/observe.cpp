// What is there and who is at work. SQLite keeps the text of each definition; a session is a process of this host.
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <unistd.h>

#include "connection.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::sqlite {
namespace {

using State = driver::SessionState::Kind;

std::string host_name() {
  std::string host(256, '\0');
  if (::gethostname(host.data(), host.size() - 1) != 0) return "?";
  return host.c_str();
}

std::string content(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// When a process started: the ticks since the system did, and which start of the system that was; empty where it does
/// not tell.
std::string start_of(std::int64_t process) {
  const auto text = content(fmt::format("/proc/{}/stat", process));
  const auto name_end = text.rfind(')');  // the name may hold anything
  if (name_end == std::string::npos) return {};
  constexpr std::size_t start_field = 20;  // of those behind the name
  const auto fields = text::split(text.substr(name_end + 1), ' ');
  if (fields.size() <= start_field) return {};
  return fields[start_field] + '@' + content("/proc/sys/kernel/random/boot_id").substr(0, 8);
}

/// "PROCESS/STARTED/HOST"
std::string id_of(std::int64_t process) {
  return fmt::format("{}/{}/{}", process, start_of(process), host_name());
}

}  // namespace

std::vector<driver::ObjectState> SqliteConnection::observe(const driver::Objects& objects) {
  const std::set<std::string> wanted(objects.names.begin(), objects.names.end());
  // Names have no case here.
  const auto asked = [&](const Value& name) {
    for (const auto& w : wanted)
      if (text::lower(w) == text::lower(to_text(name))) return true;
    return wanted.empty();
  };
  std::vector<driver::ObjectState> out;
  // An index that a constraint made has no text; it is part of its table's.
  for (const auto& row :
       query({"SELECT type, name, sql, tbl_name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT "
              "LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'dbctl\\_%' ESCAPE '\\' AND tbl_name "
              "NOT LIKE 'dbctl\\_%' ESCAPE '\\' ORDER BY type, name"})
           .rows)
    if (asked(row[1]) || (to_text(row[0]) == "index" && asked(row[3])))
      out.push_back({.kind = to_text(row[0]), .name = to_text(row[1]), .definition = to_text(row[2])});
  return out;
}

std::vector<std::string> SqliteConnection::clean_up(const std::vector<std::string>&) {
  return {};  // what was interrupted is undone when the file is opened
}

std::vector<std::string> SqliteConnection::not_transactional() {
  return {};
}

driver::SessionId SqliteConnection::session() {
  return {id_of(::getpid())};
}

/// A process of another host cannot be seen from here.
driver::SessionState SqliteConnection::state_of(const driver::SessionId& session) {
  const auto parts = text::split(session.id, '/');
  std::int64_t process = 0;
  const auto& number = parts.front();
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), process);
  if (parts.size() != 3 || error != std::errc() || end != number.data() + number.size() || process <= 0)
    return {State::gone, "no process of this host"};
  if (parts[2] != host_name()) return {State::hidden, fmt::format("session {} is a process of {}", process, parts[2])};
  const bool lives = ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
  if (!lives || id_of(process) != session.id) return {State::gone, fmt::format("process {} has ended", process)};
  return {State::there, fmt::format("session {}, a process on {}", process, parts[2])};
}

/// Processes are not dbctl's to end.
bool SqliteConnection::end(const driver::SessionId& session) {
  return state_of(session).kind == State::gone;
}

std::vector<driver::Blocker> SqliteConnection::blockers(const std::vector<std::string>&) {
  return {};  // the file knows that it is locked, not by whom
}

}  // namespace dbctl::sqlite
