#include "settings.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace dbctl::mysql {
namespace {

using driver::OptionSpec;
using driver::OptionType;
using driver::UrlPart;

constexpr std::array tls_names =
    std::to_array<std::string_view>({"disable", "prefer", "require", "verify-ca", "verify-full"});

}  // namespace

std::vector<OptionSpec> option_specs() {
  return {
      {.name = "host",
       .help = "the server's name or address; always by TCP, localhost too",
       .fallback = "127.0.0.1",
       .env = {"DB_MYSQL_HOST"},
       .url = UrlPart::host},
      {.name = "port",
       .type = OptionType::integer,
       .help = "TCP port",
       .fallback = "3306",
       .env = {"DB_MYSQL_PORT"},
       .least = 1,
       .most = 65535,
       .url = UrlPart::port},
      {.name = "name", .help = "the database", .env = {"DB_MYSQL_NAME"}, .required = true, .url = UrlPart::name},
      {.name = "user", .help = "who to connect as", .env = {"DB_MYSQL_USER"}, .required = true, .url = UrlPart::user},
      {.name = "password",
       .type = OptionType::secret,
       .help = "the user's password",
       .env = {"DB_MYSQL_PASSWORD"},
       .url = UrlPart::password},
      {.name = "ssl_mode",
       .type = OptionType::choice,
       .help = "how much TLS; prefer encrypts where the server can, verify-full also checks who it is",
       .fallback = "prefer",
       .env = {"DB_MYSQL_SSL_MODE"},
       .choices = {tls_names.begin(), tls_names.end()}},
      {.name = "ca",
       .type = OptionType::path,
       .help = "certificates (PEM) of those who may vouch for the server",
       .env = {"DB_MYSQL_CA"}},
      {.name = "cert", .type = OptionType::path, .help = "the client's certificate (PEM)", .env = {"DB_MYSQL_CERT"}},
      {.name = "key", .type = OptionType::path, .help = "the client's key (PEM)", .env = {"DB_MYSQL_KEY"}},
      {.name = "socket",
       .type = OptionType::path,
       .help = "a Unix socket, instead of host and port",
       .env = {"DB_MYSQL_SOCKET"}},
      {.name = "connect_timeout",
       .type = OptionType::integer,
       .help = "seconds to wait for the server's greeting",
       .fallback = "10",
       .env = {"DB_MYSQL_CONNECT_TIMEOUT"},
       .least = 1,
       .most = 3600},
  };
}

Settings settings_from(const driver::Options& options) {
  const auto tls = std::ranges::find(tls_names, options.text("ssl_mode"));
  return {.host = options.text("host"),
          .port = static_cast<int>(options.integer("port")),
          .socket = options.text("socket"),
          .database = options.text("name"),
          .user = options.text("user"),
          .password = options.secret("password"),
          .tls = tls == tls_names.end() ? Tls::prefer : static_cast<Tls>(tls - tls_names.begin()),
          .ca = options.text("ca"),
          .certificate = options.text("cert"),
          .key = options.text("key"),
          .connect_timeout = static_cast<int>(options.integer("connect_timeout"))};
}

std::string Settings::server() const {
  if (!socket.empty()) return socket;
  const bool v6 = host.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string Settings::target() const {
  return fmt::format("{}/{} as {}", server(), database, user);
}

std::string Settings::tls_name() const {
  return std::string(tls_names.at(static_cast<std::size_t>(tls)));
}

}  // namespace dbctl::mysql
