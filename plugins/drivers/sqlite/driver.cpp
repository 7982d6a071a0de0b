#include "driver.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "connection.hpp"

namespace dbctl::sqlite {
namespace {

driver::DriverInfo driver_info() {
  const auto assumed = client();
  const auto& v = assumed.version;
  return {.name = "sqlite",
          .client = fmt::format("SQLite {}.{}.{}", v.major, v.minor, v.patch),
          .products = {"sqlite"},
          .schemes = {"sqlite", "sqlite3"},
          .options = option_specs(),
          .capabilities = {.transactional_ddl = true,
                           .create_database = true,
                           .session_lock = true,
                           .in_process = true,
                           .partial_index = true,
                           .expression_index = true,
                           .descending_index = true,
                           .generated_columns = true,
                           .alter_column = true,
                           .drops_temporary = true},
          .assumed = assumed};
}

}  // namespace

SqliteDriver::SqliteDriver() : info_(driver_info()), dialect_(info_.assumed) {}

// The SQL is the same for every version that the driver supports.
const sql::Dialect& SqliteDriver::dialect(const sql::ServerInfo&) const {
  return dialect_;
}

std::unique_ptr<driver::Connection> SqliteDriver::connect(const driver::Options& options) const {
  return std::make_unique<SqliteConnection>(settings_from(options));
}

std::string SqliteDriver::database_name(const driver::Options& options) const {
  const auto settings = settings_from(options);
  return settings.in_memory ? ":memory:" : std::filesystem::path(settings.path).stem().string();
}

std::string SqliteDriver::target(const driver::Options& options) const {
  return settings_from(options).target();
}

bool SqliteDriver::create_database(const driver::Options& options) const {
  const auto settings = settings_from(options);
  std::error_code unknown;
  if (settings.in_memory || std::filesystem::exists(settings.path, unknown)) return false;
  const SqliteConnection made(settings);
  return true;
}

bool SqliteDriver::drop_database(const driver::Options& options) const {
  const auto settings = settings_from(options);
  return !settings.in_memory && remove_file(settings);
}

}  // namespace dbctl::sqlite
