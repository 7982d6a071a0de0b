// How a session is opened: the client library's options, and TLS.
#include <filesystem>

#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <dlfcn.h>
#include <fmt/format.h>
#include <mysql_connection.h>

#include "connection.hpp"
#include "dbctl/base/codes.hpp"
#include "errors.hpp"
#include "relay.hpp"

namespace dbctl::mysql {
namespace {

/// The library's one driver object; it is not ours to delete. The library makes it in a map without a lock: the
/// initialisation of a static has one.
::sql::Driver& client_driver() {
  static ::sql::Driver* const driver = get_driver_instance();
  return *driver;
}

/// 30314 or 101114: of the C library below Connector/C++, which has no header here; 0 when it cannot be told.
unsigned long client_library_version() {
  using Version = unsigned long (*)();
  const auto version = reinterpret_cast<Version>(::dlsym(RTLD_DEFAULT, "mysql_get_client_version"));
  return version == nullptr ? 0 : version();
}

void require_file(const std::string& path, std::string_view option, const Settings& settings) {
  std::error_code unknown;
  if (path.empty() || std::filesystem::is_regular_file(path, unknown)) return;
  throw Error(codes::connection_tls,
              {.summary = fmt::format("no connection to {} with ssl_mode {}", settings.server(), settings.tls_name()),
               .why = fmt::format("{}: there is no file {}", option, path),
               .next = {"`dbctl env show` tells where each option comes from"}});
}

void check_tls_options(const Settings& settings) {
  if (settings.tls == Tls::disable) return;
  require_file(settings.ca, "ca", settings);
  require_file(settings.certificate, "cert", settings);
  require_file(settings.key, "key", settings);
  if (settings.tls == Tls::verify_ca && settings.ca.empty())
    throw Error(codes::connection_tls,
                {.summary = fmt::format("no connection to {} with ssl_mode verify-ca", settings.server()),
                 .why = "the option ca is not set: nobody may vouch for the server",
                 .next = {"set ca to the file of the certificate authority", "or use verify-full with a public one"}});
}

/// Whether the certificate is to be checked: its signer, or that and its name.
bool checks_certificate(const Settings& settings) {
  return settings.tls >= Tls::verify_ca || !settings.ca.empty();
}

/// MariaDB Connector/C 3.4 checks signer and name together, and neither at what it takes for this machine.
bool checks_all_or_nothing() {
  const auto version = client_library_version();
  return version == 0 || version >= 110'400 || (version >= 30'400 && version < 100'000);  // MariaDB's, or its own
}

void refuse_unchecked(const Settings& settings) {
  const bool local = !settings.socket.empty() || settings.host == "127.0.0.1" || settings.host == "::1";
  if (local && checks_certificate(settings) && checks_all_or_nothing())
    throw Error(codes::connection_tls,
                {.summary = fmt::format("no connection to {} with ssl_mode {}", settings.server(), settings.tls_name()),
                 .why = "the client library, MariaDB Connector/C 3.4 or newer, checks no certificate at a socket, "
                        "127.0.0.1 or ::1",
                 .next = {"name the server as its certificate does, e.g. host: localhost",
                          "or take ca out and use ssl_mode: require, which encrypts and checks no certificate"}});
}

enum class Way : unsigned char { plain, relayed, verified };

/// How the session will be encrypted, and the relay when it has one. The client library ignores its own ssl_mode
/// option; what it does insist on is sslVerify, which is verify-full.
Way way_for(const Settings& settings, std::unique_ptr<Relay>& relay) {
  if (settings.tls == Tls::disable || (settings.tls == Tls::prefer && !settings.socket.empty() && settings.ca.empty()))
    return Way::plain;
  refuse_unchecked(settings);
  if (settings.tls == Tls::verify_full) return Way::verified;
  relay = std::make_unique<Relay>(settings);
  if (relay->offers_tls() == false) {
    if (settings.tls >= Tls::require) raise_not_encrypted(settings);
    relay.reset();
    return Way::plain;
  }
  // Through the relay the server's address is one of this machine, where that library would check nothing.
  if (!checks_certificate(settings) || !checks_all_or_nothing()) return Way::relayed;
  relay.reset();
  return Way::verified;
}

void ask_for_tls(::sql::ConnectOptionsMap& map, const Settings& settings, Way way) {
  if (way == Way::plain) {
    map["sslVerify"] = false;  // newer client libraries verify, and so encrypt, unless told not to
    return;
  }
  map["sslEnforce"] = true;
  if (way == Way::verified) map["sslVerify"] = true;
  // With an authority given its signature is checked, as by other databases' clients; the library does it on sslCA
  // alone, where sslVerify is left as it is.
  if (!checks_certificate(settings)) map["sslVerify"] = false;
  if (!settings.ca.empty()) map["sslCA"] = ::sql::SQLString(settings.ca);
  if (!settings.certificate.empty()) map["sslCert"] = ::sql::SQLString(settings.certificate);
  if (!settings.key.empty()) map["sslKey"] = ::sql::SQLString(settings.key);
}

std::string address_of(const Settings& settings, Relay* relay) {
  if (relay != nullptr) return fmt::format("tcp://127.0.0.1:{}", relay->start(settings));
  return settings.socket.empty() ? "tcp://" + settings.server() : "unix://" + settings.socket;
}

// The map ignores keys that it does not know and is strict about types: int, bool and SQLString exactly.
::sql::ConnectOptionsMap connect_options(const Settings& settings, Way way, Relay* relay) {
  ::sql::ConnectOptionsMap map;
  map["hostName"] = ::sql::SQLString(address_of(settings, relay));
  map["userName"] = ::sql::SQLString(settings.user);
  map["password"] = ::sql::SQLString(settings.password.reveal());
  if (!settings.database.empty()) map["schema"] = ::sql::SQLString(settings.database);
  map["OPT_CHARSET_NAME"] = ::sql::SQLString("utf8mb4");
  map["OPT_CONNECT_TIMEOUT"] = settings.connect_timeout;
  map["OPT_LOCAL_INFILE"] = 0;      // a hostile server could ask for any file of the client's
  map["OPT_RECONNECT"] = false;     // it would lose the lock and the transaction without a word
  map["CLIENT_FOUND_ROWS"] = true;  // an UPDATE affects the rows it finds, as everywhere else
  ask_for_tls(map, settings, way);
  return map;
}

}  // namespace

std::string client_name() {
  auto& driver = client_driver();
  return fmt::format("{} {}.{}.{}", driver.getName().asStdString(), driver.getMajorVersion(), driver.getMinorVersion(),
                     driver.getPatchVersion());
}

MysqlConnection::MysqlConnection(Settings settings) : settings_(std::move(settings)) {
  open();
  check_encryption();
  read_server();
  prepare_session();
}

MysqlConnection::~MysqlConnection() = default;

void MysqlConnection::open() {
  check_tls_options(settings_);
  const auto way = way_for(settings_, relay_);
  auto options = connect_options(settings_, way, relay_.get());
  try {
    client_driver().threadInit();
    client_.reset(client_driver().connect(options));
  } catch (const ::sql::SQLException& failure) {
    if (relay_ && relay_->refused()) raise_not_encrypted(settings_);
    raise_connect(failure, settings_);
  }
}

}  // namespace dbctl::mysql
