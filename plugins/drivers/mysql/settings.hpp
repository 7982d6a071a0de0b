#pragma once
#include <string>
#include <vector>

#include "dbctl/driver/options.hpp"

namespace dbctl::mysql {

enum class Tls : unsigned char { disable, prefer, require, verify_ca, verify_full };

/// The driver's options, read once.
struct Settings {
  std::string host;
  int port = 3306;
  std::string socket;  ///< empty: TCP
  std::string database;
  std::string user;
  Secret password;
  Tls tls = Tls::prefer;
  std::string ca;
  std::string certificate;
  std::string key;
  int connect_timeout = 10;  ///< seconds

  /// `127.0.0.1:3306`, or the socket's path.
  std::string server() const;
  /// `127.0.0.1:3306/shop as dbctl`.
  std::string target() const;
  /// As the option is written: `verify-ca`.
  std::string tls_name() const;
};

std::vector<driver::OptionSpec> option_specs();
Settings settings_from(const driver::Options& options);

}  // namespace dbctl::mysql
