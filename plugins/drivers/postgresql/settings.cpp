#include "settings.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::postgresql {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) != 0) return "?";
  return name.data();
}

/// As pg_stat_activity shows it; the server cuts it at 63 bytes.
std::string application_name() {
  return fmt::format("dbctl on {:.40}, pid {}", host_name(), getpid());
}

std::string in_quotes(std::string_view value) {
  std::string out = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + '\'';
}

bool demands_tls(const std::string& mode) {
  return mode != "disable" && mode != "prefer";
}

[[noreturn]] void refuse_tls(const Place& place, std::string summary, std::string why, std::string next) {
  throw Error(codes::connection_tls,
              {.summary = std::move(summary), .where = place.target, .why = std::move(why), .next = {std::move(next)}});
}

}  // namespace

std::vector<std::string> variables_in_the_way() {
  static constexpr auto names = std::to_array<const char*>(
      {"PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGTZ", "PGDATESTYLE", "PGGEQO", "PGSSLCRLDIR", "PGSSLSNI",
       "PGSSLCERTMODE", "PGSSLNEGOTIATION", "PGREQUIREAUTH", "PGLOADBALANCEHOSTS", "PGGSSDELEGATION", "PGGSSLIB",
       "PGKRBSRVNAME", "PGMINPROTOCOLVERSION", "PGMAXPROTOCOLVERSION"});
  std::vector<std::string> found;
  for (const auto* name : names)
    if (std::getenv(name) != nullptr) found.emplace_back(name);
  return found;
}

std::string conninfo(const driver::Options& options, const std::string& database) {
  const auto& socket = options.text("socket");
  const auto host = socket.empty() ? options.text("host") : socket;
  // of several hosts the one that can be written to
  const std::string target = host.find(',') == std::string::npos ? "any" : "read-write";
  const std::pair<const char*, std::string> parameters[] = {
      {"host", host},
      {"hostaddr", ""},
      {"port", std::to_string(options.integer("port"))},
      {"dbname", database},
      {"user", options.text("user")},
      {"password", options.secret("password").reveal()},
      {"passfile", ""},
      {"sslmode", options.text("ssl_mode")},
      {"sslrootcert", options.text("ca")},
      {"sslcert", options.text("cert")},
      {"sslkey", options.text("key")},
      {"sslcrl", ""},
      {"sslcompression", "0"},
      {"ssl_min_protocol_version", "TLSv1.2"},
      {"ssl_max_protocol_version", ""},
      {"gssencmode", "disable"},
      {"channel_binding", "prefer"},
      {"requirepeer", ""},
      {"target_session_attrs", target},
      {"connect_timeout", std::to_string(options.integer("connect_timeout"))},
      {"application_name", application_name()},
      {"client_encoding", "UTF8"},
      {"options", ""},
  };
  std::string out;
  for (const auto& [name, value] : parameters) out += fmt::format("{}={} ", name, in_quotes(value));
  return out;
}

void check_options(const driver::Options& options, const Place& place) {
  const auto& mode = options.text("ssl_mode");
  if (demands_tls(mode) && (options.has("socket") || options.text("host").starts_with('/')))
    refuse_tls(place, fmt::format("ssl_mode {} on a Unix socket", mode), "there is no TLS on Unix sockets",
               "set host instead of socket, or ssl_mode: disable");
  if (mode.starts_with("verify-") && !options.has("ca"))
    refuse_tls(place, fmt::format("ssl_mode {} without ca", mode),
               "the server's certificate is compared with the certificate authority in that file",
               "set ca to the path of the authority's certificate (PEM)");
}

std::string target_text(const driver::Options& options, const std::string& database) {
  const auto& socket = options.text("socket");
  return fmt::format("{}:{}/{} as {}", socket.empty() ? options.text("host") : socket, options.integer("port"),
                     database, options.text("user"));
}

}  // namespace dbctl::postgresql
