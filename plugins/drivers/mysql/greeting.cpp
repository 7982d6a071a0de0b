#include "greeting.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace dbctl::mysql {
namespace {

using Clock = std::chrono::steady_clock;

/// A socket, closed at the end.
class Socket {
 public:
  explicit Socket(int family) : handle_(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (handle_ >= 0) close(handle_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool connect_to(const sockaddr* address, socklen_t size, Clock::time_point deadline) {
    if (handle_ < 0) return false;
    if (::connect(handle_, address, size) == 0) return true;
    if (errno != EINPROGRESS || !wait_for(POLLOUT, deadline)) return false;
    int error = 0;
    socklen_t length = sizeof error;
    return getsockopt(handle_, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
  }
  /// Exactly `size` bytes, or nothing.
  std::optional<std::string> read_bytes(std::size_t size, Clock::time_point deadline) {
    std::string bytes;
    while (bytes.size() < size) {
      std::array<char, 512> buffer{};
      if (!wait_for(POLLIN, deadline)) return std::nullopt;
      const auto count = recv(handle_, buffer.data(), std::min(buffer.size(), size - bytes.size()), 0);
      if (count <= 0) return std::nullopt;
      bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
  }

 private:
  bool wait_for(short events, Clock::time_point deadline) {
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return false;
      pollfd wanted{.fd = handle_, .events = events, .revents = 0};
      const int ready = poll(&wanted, 1, static_cast<int>(left));
      if (ready > 0) return true;
      if (ready == 0 || errno != EINTR) return false;
    }
  }

  int handle_;
};

/// Protocol 10: version, the server's version up to a zero byte, session (4), random (8), zero, flags (2), …
std::optional<bool> read_greeting(Socket& socket, Clock::time_point deadline) {
  constexpr unsigned tls_flag = 0x0800;
  const auto header = socket.read_bytes(4, deadline);
  if (!header) return std::nullopt;
  const auto byte = [](const std::string& bytes, std::size_t at) { return static_cast<unsigned char>(bytes.at(at)); };
  const auto size = std::size_t{byte(*header, 0)} | std::size_t{byte(*header, 1)} << 8U;
  const auto packet = socket.read_bytes(size, deadline);
  if (!packet || packet->empty() || byte(*packet, 0) != 10) return std::nullopt;
  const auto version_end = packet->find('\0', 1);
  if (version_end == std::string::npos || packet->size() < version_end + 16) return std::nullopt;
  const auto flags = byte(*packet, version_end + 14) | static_cast<unsigned>(byte(*packet, version_end + 15)) << 8U;
  return (flags & tls_flag) != 0;
}

std::optional<bool> ask(const sockaddr* address, socklen_t size, Clock::time_point deadline) {
  Socket socket(address->sa_family);
  if (!socket.connect_to(address, size, deadline)) return std::nullopt;
  return read_greeting(socket, deadline);
}

}  // namespace

std::optional<bool> offers_tls(const Settings& settings) {
  const auto deadline = Clock::now() + std::chrono::seconds(settings.connect_timeout);
  if (!settings.socket.empty()) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (settings.socket.size() >= sizeof address.sun_path) return std::nullopt;
    std::memcpy(address.sun_path, settings.socket.c_str(), settings.socket.size());
    return ask(reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline);
  }
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(settings.host.c_str(), std::to_string(settings.port).c_str(), &hints, &found) != 0)
    return std::nullopt;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  for (const auto* one = addresses.get(); one != nullptr; one = one->ai_next)
    if (const auto answer = ask(one->ai_addr, one->ai_addrlen, deadline)) return answer;
  return std::nullopt;
}

}  // namespace dbctl::mysql
