#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "dbctl/base/text.hpp"
#include "hostile_server.hpp"
#include "plugins/drivers/mysql/connection.hpp"
#include "plugins/drivers/mysql/greeting.hpp"
#include "support/error_text.hpp"

namespace dbctl::mysql {
namespace {

using Greets = test::HostileServer::Greets;

const std::string password = "canary-of-a-password";

std::string authority() {
  const auto path = std::filesystem::temp_directory_path() / ("dbctl_hostile_" + std::to_string(getpid()) + ".pem");
  std::ofstream(path) << "no certificate\n";
  return path.string();
}

struct Outcome {
  std::string error;
  std::string heard;
};

/// What comes of logging in with that much TLS at a server that greets in these ways.
Outcome log_in(Tls tls, const std::vector<Greets>& ways) {
  const auto ca = authority();
  Outcome outcome;
  {
    test::HostileServer server(ways);
    outcome.error = dbctl::test::error_text([&] {
      MysqlConnection({.host = "127.0.0.1",
                       .port = server.port(),
                       .database = "shop",
                       .user = "deploy",
                       .password = Secret(password),
                       .tls = tls,
                       .ca = tls >= Tls::verify_ca ? ca : "",
                       .connect_timeout = 5});
    });
    outcome.heard = server.heard();
    outcome.error = text::replace_all(outcome.error, std::to_string(server.port()), "PORT");
  }
  std::filesystem::remove(ca);
  return outcome;
}

TEST(HostileServer, hears_no_password_whatever_it_offers_and_then_takes_back) {
  const std::vector<std::vector<Greets>> scripts = {{Greets::without_tls},
                                                    {Greets::with_tls},
                                                    {Greets::with_tls, Greets::without_tls},
                                                    {Greets::not_at_all, Greets::without_tls},
                                                    {Greets::not_at_all, Greets::with_tls},
                                                    {Greets::not_at_all}};
  for (const auto tls : {Tls::prefer, Tls::require, Tls::verify_ca, Tls::verify_full})
    for (std::size_t i = 0; i < scripts.size(); ++i) {
      SCOPED_TRACE(std::to_string(static_cast<int>(tls)) + ", script " + std::to_string(i));
      const auto [error, heard] = log_in(tls, scripts[i]);
      EXPECT_NE(error, "no error");
      EXPECT_EQ(heard.find(password), std::string::npos) << heard;
      EXPECT_EQ(error.find(password), std::string::npos) << error;
      if (tls >= Tls::require) {
        EXPECT_EQ(heard.find("deploy"), std::string::npos) << "not even who it is: " << heard;
      }
    }
}

TEST(HostileServer, that_offers_no_tls_is_told_nothing) {
  for (const auto tls : {Tls::require, Tls::verify_ca}) {
    const auto [error, heard] = log_in(tls, {Greets::without_tls});
    const std::string mode = tls == Tls::require ? "require" : "verify-ca";
    EXPECT_EQ(heard, "");
    if (error.find("checks no certificate") != std::string::npos) continue;  // refused before it was asked
    EXPECT_EQ(error, "DBCTL-CON-003 127.0.0.1:PORT offers no TLS, and ssl_mode is " + mode +
                         "\n"
                         "because the connection was closed before user and password were sent\n"
                         "-> switch TLS on at the server\n"
                         "-> or, in a network that you trust, use ssl_mode: prefer");
  }
  EXPECT_EQ(log_in(Tls::verify_full, {Greets::without_tls}).error.substr(0, 13), "DBCTL-CON-003");
}

TEST(HostileServer, that_says_nothing_is_told_nothing) {
  const auto [error, heard] = log_in(Tls::require, {Greets::not_at_all, Greets::without_tls});
  EXPECT_EQ(heard, "");
  EXPECT_EQ(error,
            "DBCTL-CON-001 no connection to 127.0.0.1:PORT\n"
            "because it closed the connection without a word\n"
            "-> check host and port, and that the server runs: `dbctl wait` waits until it answers");
}

std::string request(unsigned flags) {
  std::string text("\x20\0\0\x01", 4);
  text += {static_cast<char>(flags & 0xffU), static_cast<char>(flags >> 8U)};
  return text + std::string(30, '\0');
}

TEST(TlsGate, opens_to_tls_alone) {
  TlsGate gate;
  const auto asks = request(0x0a00);
  EXPECT_EQ(gate.pass(asks.substr(0, 3)), "");
  EXPECT_EQ(gate.pass(asks.substr(3)), "");
  EXPECT_EQ(gate.pass("\x16\x03\x01"), asks + "\x16\x03\x01");
  EXPECT_EQ(gate.pass("anything"), "anything");
}

TEST(TlsGate, stays_shut_for_all_else) {
  EXPECT_EQ(TlsGate().pass(request(0x0200)), std::nullopt) << "does not ask for TLS";
  EXPECT_EQ(TlsGate().pass(request(0x0a00) + "deploy"), std::nullopt) << "asks, and then goes on in clear";
  EXPECT_EQ(TlsGate().pass(std::string("\x54\0\0\x01", 4)), std::nullopt) << "logs in";
  EXPECT_EQ(TlsGate().pass(std::string("\x20\0\0\x02", 4)), std::nullopt) << "out of turn";
}

}  // namespace
}  // namespace dbctl::mysql
