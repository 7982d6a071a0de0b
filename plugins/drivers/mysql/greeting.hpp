#pragma once
#include <optional>
#include <string>

#include "socket.hpp"

namespace dbctl::mysql {

/// The first packet that a server sends.
struct Greeting {
  std::string bytes;  ///< as they came; empty: none came
  /// Empty when it cannot be told: an error in place of a greeting, or not a server of this kind.
  std::optional<bool> offers_tls = std::nullopt;
};

Greeting read_greeting(Socket& server, Deadline deadline);

/// Lets through what a client sends as long as it first asks for TLS and then speaks TLS.
class TlsGate {
 public:
  /// What of the bytes may be sent now; empty optional: they are no TLS, and nothing may be sent any more.
  std::optional<std::string> pass(std::string bytes);

 private:
  std::string opening_ = {};
  bool open_ = false;
};

}  // namespace dbctl::mysql
