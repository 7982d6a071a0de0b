// How a session is opened: the client library's options, and TLS.
#include <filesystem>

#include <cppconn/driver.h>
#include <cppconn/exception.h>
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

/// What sees to it that the session is encrypted, or nothing. The client library ignores its own ssl_mode option; what
/// it does insist on is sslVerify, which is verify-full.
std::unique_ptr<Relay> relay_for(const Settings& settings) {
  const bool trusted = settings.tls == Tls::prefer && !settings.socket.empty();
  if (settings.tls == Tls::disable || settings.tls == Tls::verify_full || trusted) return nullptr;
  auto relay = std::make_unique<Relay>(settings);
  if (relay->offers_tls() != false) return relay;
  if (settings.tls >= Tls::require) raise_not_encrypted(settings);
  return nullptr;
}

void ask_for_tls(::sql::ConnectOptionsMap& map, const Settings& settings, bool encrypted) {
  if (!encrypted) {
    map["sslVerify"] = false;  // newer client libraries verify, and so encrypt, unless told not to
    return;
  }
  map["sslEnforce"] = true;
  if (settings.tls == Tls::verify_full) map["sslVerify"] = true;
  // With an authority given its signature is checked, as by other databases' clients; the library does it on sslCA
  // alone, where sslVerify is left as it is.
  if (settings.tls < Tls::verify_ca && settings.ca.empty()) map["sslVerify"] = false;
  if (!settings.ca.empty()) map["sslCA"] = ::sql::SQLString(settings.ca);
  if (!settings.certificate.empty()) map["sslCert"] = ::sql::SQLString(settings.certificate);
  if (!settings.key.empty()) map["sslKey"] = ::sql::SQLString(settings.key);
}

std::string address_of(const Settings& settings, Relay* relay) {
  if (relay != nullptr) return fmt::format("tcp://127.0.0.1:{}", relay->start(settings));
  return settings.socket.empty() ? "tcp://" + settings.server() : "unix://" + settings.socket;
}

// The map ignores keys that it does not know and is strict about types: int, bool and SQLString exactly.
::sql::ConnectOptionsMap connect_options(const Settings& settings, Relay* relay) {
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
  ask_for_tls(map, settings, relay != nullptr || settings.tls == Tls::verify_full);
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
  relay_ = relay_for(settings_);
  auto options = connect_options(settings_, relay_.get());
  try {
    client_driver().threadInit();
    client_.reset(client_driver().connect(options));
  } catch (const ::sql::SQLException& failure) {
    if (relay_ && relay_->refused()) raise_not_encrypted(settings_);
    raise_connect(failure, settings_);
  }
}

}  // namespace dbctl::mysql
