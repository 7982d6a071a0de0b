#include "socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "errors.hpp"

namespace dbctl::mysql {
namespace {

std::string text_of(int error) {
  return std::generic_category().message(error);
}

/// 0, or what went wrong: ETIMEDOUT when the time is over.
int wait_for(int handle, short events, Deadline deadline) {
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) return ETIMEDOUT;
    pollfd wanted{.fd = handle, .events = events, .revents = 0};
    const int ready = poll(&wanted, 1, static_cast<int>(left));
    if (ready > 0) return 0;
    if (ready < 0 && errno != EINTR) return errno;
  }
}

struct Attempt {
  Socket socket = Socket();
  int error = 0;
};

Attempt attempt(const sockaddr* address, socklen_t size, Deadline deadline) {
  Socket made(socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made) return {.error = errno};
  if (connect(made.handle(), address, size) == 0) return {.socket = std::move(made)};
  if (errno != EINPROGRESS) return {.error = errno};
  int error = wait_for(made.handle(), POLLOUT, deadline);
  socklen_t length = sizeof error;
  if (error == 0 && getsockopt(made.handle(), SOL_SOCKET, SO_ERROR, &error, &length) != 0) error = errno;
  if (error != 0) return {.error = error};
  return {.socket = std::move(made)};
}

Attempt by_path(const Settings& settings, Deadline deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (settings.socket.size() >= sizeof address.sun_path) return {.error = ENAMETOOLONG};
  std::memcpy(address.sun_path, settings.socket.c_str(), settings.socket.size());
  return attempt(reinterpret_cast<const sockaddr*>(&address), sizeof address, deadline);
}

Attempt by_name(const Settings& settings, Deadline deadline) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure = getaddrinfo(settings.host.c_str(), std::to_string(settings.port).c_str(), &hints, &found);
  if (failure != 0) raise_unreachable(settings, gai_strerror(failure));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  Attempt last;
  for (const auto* one = addresses.get(); one != nullptr && !last.socket; one = one->ai_next)
    last = attempt(one->ai_addr, one->ai_addrlen, deadline);
  return last;
}

}  // namespace

Socket::~Socket() {
  if (handle_ >= 0) close(handle_);
}

std::string Socket::read_bytes(std::size_t size, Deadline deadline) {
  std::string bytes;
  while (bytes.size() < size && wait_for(handle_, POLLIN, deadline) == 0) {
    std::array<char, 512> buffer{};
    const auto count = recv(handle_, buffer.data(), std::min(buffer.size(), size - bytes.size()), 0);
    if (count <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

Socket connect_to_server(const Settings& settings, Deadline deadline) {
  auto made = settings.socket.empty() ? by_name(settings, deadline) : by_path(settings, deadline);
  if (!made.socket) raise_unreachable(settings, text_of(made.error));
  tune_session(made.socket);
  return std::move(made.socket);
}

std::pair<Socket, int> listen_locally(const Settings& settings) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  Socket made(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made || bind(made.handle(), any, size) != 0 || listen(made.handle(), 1) != 0 ||
      getsockname(made.handle(), any, &size) != 0)
    raise_unreachable(settings, fmt::format("a port of 127.0.0.1 is needed to see to TLS: {}", text_of(errno)));
  return {std::move(made), ntohs(address.sin_port)};
}

void tune_session(const Socket& socket) {
  // where an option is not known, as on a Unix socket, it is not needed
  const int on = 1;
  setsockopt(socket.handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(socket.handle(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

}  // namespace dbctl::mysql
