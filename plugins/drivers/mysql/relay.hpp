#pragma once
#include <atomic>
#include <optional>
#include <thread>

#include "greeting.hpp"
#include "socket.hpp"

namespace dbctl::mysql {

/// One session with a server, carried by a thread between a port of 127.0.0.1 and the server, of which nothing but TLS
/// comes through.
///
/// The client library cannot be told to insist on TLS without also checking the certificate's name: asked to encrypt,
/// it sends a password in clear text to a server that offers no TLS, before anyone can look. Asking the server on
/// another connection is no answer, since the next one may be greeted otherwise. So the greeting is read here, on the
/// connection that the session will have, and what the library sends is looked at before it leaves.
class Relay {
 public:
  /// Connects and waits for the greeting. Throws connection_failed.
  explicit Relay(const Settings& settings);
  /// The library's session must have ended before: what it sent last is still delivered.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  /// As the greeting says; empty when the server says something else, an error for instance.
  std::optional<bool> offers_tls() const noexcept { return greeting_.offers_tls; }
  /// Carries the one session that comes to the port returned, on 127.0.0.1. Another local program that comes first gets
  /// a connection to the server, which it could have by itself, and the library's fails.
  int start(const Settings& settings);
  /// Whether the client was about to send something in clear text. It was not sent, and the session has ended.
  bool refused() const noexcept { return refused_; }

 private:
  void carry();
  Socket accept_client();

  Socket server_;
  Greeting greeting_;
  Socket listener_;
  Socket stop_;  ///< readable: come to an end
  std::atomic<bool> refused_ = false;
  std::thread thread_;
};

}  // namespace dbctl::mysql
