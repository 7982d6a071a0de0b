#pragma once
#include <chrono>
#include <string>
#include <utility>

#include "settings.hpp"

namespace dbctl::mysql {

using Deadline = std::chrono::steady_clock::time_point;

/// A socket's handle, or none; closed at the end.
class Socket {
 public:
  explicit Socket(int handle = -1) noexcept : handle_(handle) {}
  ~Socket();
  Socket(Socket&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }

  int handle() const noexcept { return handle_; }
  explicit operator bool() const noexcept { return handle_ >= 0; }
  /// Exactly `size` bytes; fewer when the other side closes or the time is over.
  std::string read_bytes(std::size_t size, Deadline deadline);

 private:
  int handle_;
};

/// A connection to the server, by TCP or by its Unix socket; it does not block. Throws connection_failed.
Socket connect_to_server(const Settings& settings, Deadline deadline);
/// Listens on a port of 127.0.0.1 that is free, and the port. Throws connection_failed.
std::pair<Socket, int> listen_locally(const Settings& settings);
/// What a session's sockets need: each packet is sent at once, and a peer that is gone is found out.
void tune_session(const Socket& socket);

}  // namespace dbctl::mysql
