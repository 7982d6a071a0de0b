#include "driver.hpp"

#include <algorithm>

#include "connection.hpp"
#include "dbctl/base/codes.hpp"
#include "settings.hpp"

namespace dbctl::postgresql {
namespace {

using driver::OptionType;
using driver::UrlPart;

constexpr int oldest = 13, newest = 18;

std::vector<driver::OptionSpec> options() {
  return {
      {.name = "host",
       .help = "host name or address; several, separated by commas: the one that can be written to",
       .fallback = "localhost",
       .env = {"DB_POSTGRES_HOST"},
       .url = UrlPart::host},
      {.name = "port",
       .type = OptionType::integer,
       .help = "TCP port, also the number of the Unix socket",
       .fallback = "5432",
       .env = {"DB_POSTGRES_PORT"},
       .least = 1,
       .most = 65535,
       .url = UrlPart::port},
      {.name = "name", .help = "database", .env = {"DB_POSTGRES_NAME"}, .required = true, .url = UrlPart::name},
      {.name = "user",
       .help = "role to log in as",
       .env = {"DB_POSTGRES_USER"},
       .required = true,
       .url = UrlPart::user},
      {.name = "password",
       .type = OptionType::secret,
       .help = "its password; without one ~/.pgpass is looked at",
       .env = {"DB_POSTGRES_PASSWORD"},
       .url = UrlPart::password},
      {.name = "socket", .type = OptionType::path, .help = "folder of the server's Unix socket, instead of host"},
      {.name = "schema", .help = "schema to work in; without one the first of the user's search path, usually public"},
      {.name = "ssl_mode",
       .type = OptionType::choice,
       .help = "how secure the connection must be; dbctl never falls below it",
       .fallback = "prefer",
       .env = {"DB_POSTGRES_SSL_MODE"},
       .choices = {"disable", "prefer", "require", "verify-ca", "verify-full"}},
      {.name = "ca", .type = OptionType::path, .help = "certificate of the authority that signed the server's (PEM)"},
      {.name = "cert", .type = OptionType::path, .help = "client certificate (PEM)"},
      {.name = "key", .type = OptionType::path, .help = "private key of the client certificate (PEM)"},
      {.name = "connect_timeout",
       .type = OptionType::integer,
       .help = "seconds to wait for the server; 0 waits for ever",
       .fallback = "10",
       .least = 0,
       .most = 3600},
      {.name = "lock_timeout",
       .type = OptionType::integer,
       .help = "milliseconds that a statement waits for another session's lock; 0 waits for ever",
       .fallback = "0",
       .least = 0,
       .most = INT32_MAX},
  };
}

driver::DriverInfo describe_driver() {
  return {.name = "postgresql",
          .client = "libpqxx " + compat::version(),
          .products = {"postgresql"},
          .schemes = {"postgresql", "postgres"},
          .options = options(),
          .capabilities = {.transactional_ddl = true,
                           .create_database = true,
                           .session_lock = true,
                           .partial_index = true,
                           .expression_index = true,
                           .fulltext_index = true,
                           .descending_index = true,
                           .concurrent_index = true,
                           .generated_columns = true,
                           .alter_column = true,
                           .comments = true,
                           .drops_temporary = true},
          .assumed = {.product = "postgresql", .version = {.major = 15}}};
}

/// A connection to a database that is there on every server, to make and drop others.
std::unique_ptr<PostgresqlConnection> maintenance(const driver::Options& options) {
  try {
    return std::make_unique<PostgresqlConnection>(options, "postgres");
  } catch (const Error& error) {
    if (error.code().id != codes::connection_database.id) throw;
    return std::make_unique<PostgresqlConnection>(options, "template1");
  }
}

}  // namespace

PostgresqlDriver::PostgresqlDriver() : info_(describe_driver()) {
  for (int major = oldest; major <= newest; ++major)
    dialects_.push_back(std::make_unique<PostgresqlDialect>(sql::ServerInfo{"postgresql", {.major = major}}));
}

const sql::Dialect& PostgresqlDriver::dialect(const sql::ServerInfo& server) const {
  const auto& wanted = server.product.empty() || server.version.major == 0 ? info_.assumed : server;
  const int major = std::clamp(wanted.version.major, oldest, newest);
  return *dialects_[static_cast<std::size_t>(major - oldest)];
}

std::unique_ptr<driver::Connection> PostgresqlDriver::connect(const driver::Options& options) const {
  return std::make_unique<PostgresqlConnection>(options);
}

std::string PostgresqlDriver::database_name(const driver::Options& options) const {
  return options.text("name");
}

std::string PostgresqlDriver::target(const driver::Options& options) const {
  return target_text(options, options.text("name"));
}

bool PostgresqlDriver::create_database(const driver::Options& options) const {
  bool made = maintenance(options)->make_database(options.text("name"));
  if (options.has("schema"))
    made = PostgresqlConnection(options, options.text("name")).make_schema(options.text("schema")) || made;
  return made;
}

bool PostgresqlDriver::drop_database(const driver::Options& options) const {
  return maintenance(options)->remove_database(options.text("name"));
}

}  // namespace dbctl::postgresql
