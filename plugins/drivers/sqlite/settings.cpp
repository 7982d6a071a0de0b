#include "settings.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "errors.hpp"
#include "lock.hpp"

namespace dbctl::sqlite {
namespace {

namespace fs = std::filesystem;
using driver::OptionType;

constexpr std::array companions = {"-wal", "-shm", "-journal"};

/// SQLite keeps its own files beside what a symbolic link leads to.
fs::path real_path(const std::string& path) {
  std::error_code unknown;
  auto real = fs::weakly_canonical(fs::absolute(path, unknown), unknown);
  return unknown ? fs::path(path) : real;
}

void remove_companions(const fs::path& database) {
  for (const auto* suffix : companions) {
    std::error_code failed;
    const fs::path file = database.string() + suffix;
    fs::remove(file, failed);
    if (failed)
      raise_file(codes::statement_storage, fmt::format("{} cannot be removed", file.string()), failed.value());
  }
}

}  // namespace

std::string Settings::lock_path() const {
  return in_memory ? "" : real_path(path).string() + ".dbctl-lock";
}

std::vector<driver::OptionSpec> option_specs() {
  return {
      {.name = "file",
       .type = OptionType::path,
       .help = "the database file; it is made when there is none",
       .env = {"DB_SQLITE_FILE_PATH"},
       .url = driver::UrlPart::path},
      {.name = "in_memory",
       .type = OptionType::boolean,
       .help = "a database in memory, which ends with the process",
       .fallback = "false",
       .env = {"DB_SQLITE_IN_MEMORY"}},
      {.name = "foreign_keys",
       .type = OptionType::boolean,
       .help = "whether foreign keys are enforced",
       .fallback = "true",
       .env = {"DB_SQLITE_FOREIGN_KEYS"}},
      {.name = "journal_mode",
       .type = OptionType::choice,
       .help = "how changes are made safe; wal lets readers go on while one writes; without it as the file has it",
       .choices = {"delete", "truncate", "persist", "memory", "wal", "off"}},
      {.name = "synchronous",
       .type = OptionType::choice,
       .help = "how often the disk is waited for: normal is safe with wal, full without",
       .choices = {"off", "normal", "full", "extra"}},
      {.name = "cache_size",
       .type = OptionType::integer,
       .help = "pages kept in memory, or KiB when negative",
       .least = -1'000'000'000,
       .most = 1'000'000'000},
      {.name = "busy_timeout",
       .type = OptionType::integer,
       .help = "milliseconds to wait for another program's write lock",
       .fallback = "5000",
       .least = 0,
       .most = 86'400'000},
  };
}

Settings settings_from(const driver::Options& options) {
  Settings settings{.path = options.text("file"),
                    .in_memory = options.flag("in_memory"),
                    .foreign_keys = !options.has("foreign_keys") || options.flag("foreign_keys"),
                    .journal_mode = options.text("journal_mode"),
                    .synchronous = options.text("synchronous"),
                    .busy_timeout = static_cast<int>(options.integer("busy_timeout"))};
  if (options.has("cache_size")) settings.cache_size = options.integer("cache_size");
  if (settings.path == ":memory:") settings.in_memory = true;
  if (settings.path.empty() && !settings.in_memory)
    throw Error(codes::environment_missing,
                {.summary = "no database file is given",
                 .next = {"set `file:` below `connection:` in the environment's file, or DB_SQLITE_FILE_PATH",
                          "DB_SQLITE_IN_MEMORY=true uses a database in memory"}});
  return settings;
}

void prepare_file(const Settings& settings) {
  constexpr int cannot_open = 14;  // what SQLite would say, in the same words
  const fs::path real = real_path(settings.path);
  std::error_code unknown;
  if (fs::is_directory(real, unknown) || !fs::is_directory(real.parent_path(), unknown))
    raise_open(cannot_open, 0, "unable to open database file", settings.path);
  if (fs::exists(real, unknown)) return;
  if (::access(real.parent_path().c_str(), W_OK) != 0)
    raise_open(cannot_open, errno, "unable to open database file", settings.path);
  // A dbctl that holds the lock is making this very database, and has removed what was left of the one before.
  FileLock lock(settings.lock_path());
  if (lock.try_lock() && !fs::exists(real, unknown)) remove_companions(real);
}

bool remove_file(const Settings& settings) {
  const fs::path real = real_path(settings.path);
  std::error_code unknown;
  if (!fs::exists(real, unknown)) return false;
  if (fs::is_directory(real, unknown)) raise_open(0, 0, {}, settings.path);
  FileLock lock(settings.lock_path());
  if (!lock.try_lock())
    throw Error(codes::lock_timeout,
                {.summary = fmt::format("{} cannot be dropped: another dbctl is at work on it", settings.path),
                 .why = lock.holder().value_or(""),
                 .next = {"wait until it is done and run the same command again"}});
  std::error_code failed;
  const bool removed = fs::remove(real, failed);
  if (failed) raise_file(codes::statement_storage, fmt::format("{} cannot be removed", settings.path), failed.value());
  remove_companions(real);
  return removed;
}

}  // namespace dbctl::sqlite
