#include "hostile_server.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace dbctl::mysql::test {
namespace {

std::string packet(char number, const std::string& content) {
  return {std::string{static_cast<char>(content.size()), '\0', '\0', number} + content};
}

std::string greeting(bool tls) {
  constexpr unsigned basic =
      0x8000U | 0x0200U | 0x0008U | 0x0001U;  // authentication, protocol 4.1, database, passwords
  const unsigned flags = basic | (tls ? 0x0800U : 0U);
  std::string text = std::string("\x0a") + "8.0.36" + '\0' + std::string("\x01\0\0\0", 4) + "12345678" + '\0';
  text += {static_cast<char>(flags & 0xffU), static_cast<char>(flags >> 8U), '\x2d', '\x02', '\0'};
  text += std::string("\x08\0\x15", 3) + std::string(10, '\0') + "123456789012" + '\0';
  return packet(0, text + "caching_sha2_password" + '\0');
}

void say(int client, const std::string& text) {
  send(client, text.data(), text.size(), MSG_NOSIGNAL);
}

}  // namespace

HostileServer::HostileServer(std::vector<Greets> ways) : ways_(std::move(ways)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener_ < 0 || bind(listener_, any, size) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, any, &size) != 0)
    throw std::runtime_error("cannot listen");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

HostileServer::~HostileServer() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string HostileServer::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

void HostileServer::serve() {
  for (std::size_t n = 0;; ++n) {
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    talk(client, ways_.at(std::min(n, ways_.size() - 1)));
    close(client);
  }
}

void HostileServer::talk(int client, Greets way) {
  if (way == Greets::not_at_all) return;
  say(client, greeting(way == Greets::with_tls));
  std::array<char, 4096> buffer{};
  // one request to log in, one answer to the wish for a password, what comes then
  for (char number = 2; number < 12; number = static_cast<char>(number + 2)) {
    const auto count = recv(client, buffer.data(), buffer.size(), 0);
    if (count <= 0) return;
    {
      const std::lock_guard lock(mutex_);
      heard_.append(buffer.data(), static_cast<std::size_t>(count));
    }
    say(client, packet(number, "\x01\x04"));  // "send the password"
  }
}

}  // namespace dbctl::mysql::test
