#include "driver.hpp"

#include <fmt/format.h>

#include "connection.hpp"

namespace dbctl::mysql {

MysqlDriver::MysqlDriver()
    : info_{.name = "mysql",
            .client = client_name(),
            .products = {"mysql", "mariadb"},
            .schemes = {"mysql", "mariadb"},
            .options = option_specs(),
            .capabilities = {.transactional_ddl = false,
                             .create_database = true,
                             .session_lock = true,
                             .in_process = false,
                             .partial_index = false,
                             .expression_index = true,
                             .fulltext_index = true,
                             .descending_index = true,
                             .concurrent_index = true,
                             .generated_columns = true,
                             .alter_column = true,
                             .comments = true},
            .assumed = {.product = "mysql", .version = {8, 0, 17}}} {}

const sql::Dialect& MysqlDriver::dialect(const sql::ServerInfo& server) const {
  const auto& wanted = server.product.empty() ? info_.assumed : server;
  const auto key =
      fmt::format("{} {}.{}.{}", wanted.product, wanted.version.major, wanted.version.minor, wanted.version.patch);
  const std::lock_guard lock(mutex_);
  auto& dialect = dialects_[key];
  if (!dialect) dialect = std::make_unique<MysqlDialect>(wanted);
  return *dialect;
}

std::unique_ptr<driver::Connection> MysqlDriver::connect(const driver::Options& options) const {
  return std::make_unique<MysqlConnection>(settings_from(options));
}

std::string MysqlDriver::database_name(const driver::Options& options) const {
  return options.text("name");
}

std::string MysqlDriver::target(const driver::Options& options) const {
  return settings_from(options).target();
}

bool MysqlDriver::create_database(const driver::Options& options) const {
  auto settings = settings_from(options);
  const auto name = std::exchange(settings.database, {});
  MysqlConnection connection(std::move(settings));
  return connection.create_database(name);
}

bool MysqlDriver::drop_database(const driver::Options& options) const {
  auto settings = settings_from(options);
  const auto name = std::exchange(settings.database, {});
  MysqlConnection connection(std::move(settings));
  return connection.drop_database(name);
}

}  // namespace dbctl::mysql
