#include "connection.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "errors.hpp"

namespace dbctl::sqlite {
namespace {

/// What the file is called in sqlite3_open: a name that begins with "file:" would be a URI, ":memory:" is none of ours.
std::string open_name(const Settings& settings) {
  if (settings.in_memory) return ":memory:";
  prepare_file(settings);
  return settings.path.front() == '/' ? settings.path : "./" + settings.path;
}

/// What belongs to the session and a migration may set. query_only is the first: while it is on, nothing can be
/// dropped.
constexpr auto session_pragmas = std::to_array<const char*>(
    {"query_only", "locking_mode", "legacy_alter_table", "ignore_check_constraints", "recursive_triggers",
     "writable_schema", "defer_foreign_keys", "reverse_unordered_selects", "automatic_index", "trusted_schema",
     "cell_size_check", "temp_store", "cache_spill", "wal_autocheckpoint", "journal_size_limit", "synchronous",
     "cache_size"});

}  // namespace

sql::ServerInfo client() {
  const int number = client_version_number();
  return {.product = "sqlite",
          .version = {.major = number / 1'000'000, .minor = number / 1000 % 1000, .patch = number % 1000}};
}

SqliteConnection::SqliteConnection(Settings settings)
    : settings_(std::move(settings)),
      server_(client()),
      handle_(open_name(settings_), settings_.target()),
      lock_(settings_.lock_path()) {
  configure();
}

SqliteConnection::~SqliteConnection() = default;

void SqliteConnection::configure() {
  handle_.set_busy_timeout(settings_.busy_timeout);
  // The first statement reads the file, and tells when it is none of SQLite's.
  if (settings_.journal_mode.empty()) {
    pragma("schema_version");
  } else {
    set_journal_mode();
  }
  set_session_pragmas();
  for (const auto* name : session_pragmas) settings_before_.emplace_back(name, pragma(name));
  handle_.define("dbctl_keep", [this](const std::string& table) { keeper_.keep(table); });
  handle_.define("dbctl_restore", [this](const std::string& table) { keeper_.restore(table); });
}

void SqliteConnection::set_journal_mode() {
  if (settings_.in_memory || pragma("journal_mode") == settings_.journal_mode || handle_.read_only()) return;
  set_pragma("journal_mode", settings_.journal_mode, settings_.journal_mode);
}

void SqliteConnection::set_session_pragmas() {
  set_pragma("foreign_keys", settings_.foreign_keys ? "ON" : "OFF", settings_.foreign_keys ? "1" : "0");
  constexpr std::array levels = {"off", "normal", "full", "extra"};
  for (std::size_t level = 0; level < levels.size(); ++level)
    if (settings_.synchronous == levels.at(level))
      set_pragma("synchronous", settings_.synchronous, std::to_string(level));
  if (settings_.cache_size) {
    const auto size = std::to_string(*settings_.cache_size);
    set_pragma("cache_size", size, size);
  }
}

std::string SqliteConnection::pragma(const std::string& name) {
  const auto found = query({.sql = "PRAGMA " + name});
  return found.empty() ? std::string() : to_text(found.rows.front().front());
}

void SqliteConnection::set_pragma(const std::string& name, const std::string& value, const std::string& expected) {
  execute({.sql = fmt::format("PRAGMA {} = {}", name, value)});
  if (const auto found = pragma(name); found != expected)
    throw Error(codes::connection_failed,
                {.summary = fmt::format("SQLite does not take {} = {} for {}", name, value, settings_.target()),
                 .why = fmt::format("it stays at {}", found.empty() ? "what it was" : found)});
}

driver::ConnectionInfo SqliteConnection::info() {
  const auto& v = server_.version;
  return {.server = fmt::format("SQLite {}.{}.{}", v.major, v.minor, v.patch), .database = settings_.target()};
}

std::int64_t SqliteConnection::execute(const Statement& statement) {
  return handle_.execute(statement);
}

Rows SqliteConnection::query(const Statement& statement) {
  Rows result;
  handle_.each(statement, &result.columns, [&](Row& row) {
    result.rows.push_back(std::move(row));
    return true;
  });
  return result;
}

void SqliteConnection::each(const Statement& statement, const std::function<bool(const Row&)>& row) {
  handle_.each(statement, nullptr, row);
}

void SqliteConnection::begin(bool suspend_foreign_keys) {
  // Inside a transaction the PRAGMA does nothing and says nothing, hence the reading back.
  if (suspend_foreign_keys && settings_.foreign_keys) set_pragma("foreign_keys", "OFF", "0");
  suspended_ = suspend_foreign_keys;
  try {
    execute({.sql = "BEGIN IMMEDIATE"});
    if (suspended_ && settings_.foreign_keys) orphans_before_ = orphans();
  } catch (...) {
    rollback();
    throw;
  }
  handle_.watch();
}

void SqliteConnection::commit() {
  if (!in_transaction() || handle_.ended()) {
    rollback();
    throw Error(codes::statement_stray_commit,
                {.summary = "a statement ended the transaction that it ran in",
                 .why = "what came before it may be in the database, what came after it was undone if it could be",
                 .next = {"take COMMIT, ROLLBACK and BEGIN out of the SQL: dbctl commits by itself"}});
  }
  try {
    if (suspended_ && settings_.foreign_keys) check_foreign_keys();
    execute({.sql = "COMMIT"});
  } catch (...) {
    rollback();  // a COMMIT that finds the database busy leaves the transaction open
    throw;
  }
  end_suspension();
}

void SqliteConnection::rollback() {
  if (in_transaction()) execute({.sql = "ROLLBACK"});
  end_suspension();
}

bool SqliteConnection::in_transaction() const {
  return handle_.in_transaction();
}

void SqliteConnection::end_suspension() {
  keeper_.forget();
  orphans_before_.clear();
  if (!suspended_) return;
  suspended_ = false;
  execute({.sql = "PRAGMA legacy_alter_table = OFF"});
  if (settings_.foreign_keys) set_pragma("foreign_keys", "ON", "1");
}

SqliteConnection::Orphans SqliteConnection::orphans() {
  Orphans found;
  each({.sql = "PRAGMA foreign_key_check"}, [&](const Row& row) {
    found[{to_text(row[0]), to_text(row[2])}].push_back(is_null(row[1]) ? "a row" : "row " + to_text(row[1]));
    return true;
  });
  for (auto& [tables, rows] : found) std::ranges::sort(rows);
  return found;
}

// Only what is new: rows that referred to nothing before are not this transaction's doing. A table that was remade may
// have numbered its rows anew; of its rows only the number counts.
void SqliteConnection::check_foreign_keys() {
  constexpr std::size_t shown = 5;
  std::vector<Violation> first;
  std::size_t total = 0;
  for (const auto& [tables, rows] : orphans()) {
    const auto& before = orphans_before_[tables];
    std::vector<std::string> fresh;
    std::ranges::set_difference(rows, before, std::back_inserter(fresh));
    if (keeper_.remade(tables.first))
      fresh.resize(std::min(fresh.size(), rows.size() > before.size() ? rows.size() - before.size() : 0));
    total += fresh.size();
    for (std::size_t i = 0; i < fresh.size() && first.size() < shown; ++i)
      first.push_back({.table = tables.first, .row = fresh[i], .parent = tables.second});
  }
  if (total > 0) raise_violations(first, total);
}

bool SqliteConnection::try_lock(std::string_view) {
  return settings_.in_memory || lock_.try_lock();
}
void SqliteConnection::unlock() noexcept {
  lock_.unlock();
}

std::optional<driver::LockHolder> SqliteConnection::lock_holder(std::string_view) {
  if (settings_.in_memory) return std::nullopt;
  if (const auto text = lock_.holder()) return driver::LockHolder{.text = *text};
  return std::nullopt;
}

/// Where the file's system forgets locks, as network ones may, only the environment's `lock: lease` can say so.
bool SqliteConnection::trusts_session_locks() {
  return true;
}

std::string SqliteConnection::home() {
  return "main";
}

void SqliteConnection::reset_session() {
  for (const auto& [name, value] : settings_before_)
    if (pragma(name) != value) execute({.sql = fmt::format("PRAGMA {} = {}", name, value)});
  execute({.sql = "PRAGMA case_sensitive_like = OFF"});  // cannot be read
  pragma("schema_version");                              // locking_mode lets go at the next look at the file only
  handle_.set_busy_timeout(busy_timeout());
  set_session_pragmas();
  for (const auto& row :
       query({.sql = "SELECT type, name FROM sqlite_temp_master WHERE type IN ('table', 'view')"}).rows)
    execute(
        {.sql = fmt::format("DROP {} temp.\"{}\"", to_text(row[0]), text::replace_all(to_text(row[1]), "\"", "\"\""))});
  for (const auto& row :
       query({.sql = "SELECT name FROM pragma_database_list WHERE name NOT IN ('main', 'temp')"}).rows)
    execute({.sql = fmt::format("DETACH \"{}\"", text::replace_all(to_text(row[0]), "\"", "\"\""))});
}

void SqliteConnection::set_statement_timeout(std::chrono::milliseconds limit) {
  handle_.set_statement_timeout(limit);
}

void SqliteConnection::set_lock_timeout(std::chrono::milliseconds limit) {
  lock_limit_ = static_cast<int>(limit.count());
  handle_.set_busy_timeout(busy_timeout());
}

/// SQLite waits for others' writes by itself.
int SqliteConnection::busy_timeout() const {
  return lock_limit_ > 0 ? std::min(lock_limit_, settings_.busy_timeout) : settings_.busy_timeout;
}

std::vector<driver::Finding> SqliteConnection::examine() {
  using Level = driver::Finding::Level;
  std::vector<driver::Finding> found;
  const std::string mode = pragma("journal_mode");
  if (mode == "delete" || mode == "truncate" || mode == "persist") {
    found.push_back({Level::advice, "journal_mode",
                     fmt::format("it is {}: with `journal_mode: wal` readers go on while one writes", mode)});
  } else if (mode == "off") {
    found.push_back({Level::problem, "journal_mode", "it is off: nothing can be rolled back"});
  } else {
    found.push_back({Level::good, "journal_mode", fmt::format("it is {}", mode)});
  }
  found.push_back(settings_.foreign_keys ? driver::Finding{Level::good, "foreign_keys", "they are enforced"}
                                         : driver::Finding{Level::advice, "foreign_keys",
                                                           "they are not enforced: set `foreign_keys: true`"});
  if (pragma("synchronous") == "0")
    found.push_back({Level::advice, "synchronous", "it is off: a power failure can damage the file"});
  if (handle_.read_only())
    found.push_back({Level::problem, "file", fmt::format("{} cannot be written to by this user", settings_.path)});
  return found;
}

}  // namespace dbctl::sqlite
