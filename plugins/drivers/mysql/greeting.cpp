// The one part of the servers' protocol that dbctl reads itself: whether what follows will be encrypted.
#include "greeting.hpp"

namespace dbctl::mysql {
namespace {

constexpr std::size_t header_size = 4;  // length (3), number
constexpr unsigned tls_flag = 0x0800;

unsigned byte(const std::string& bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes.at(at));
}

unsigned two_bytes(const std::string& bytes, std::size_t at) {
  return byte(bytes, at) | byte(bytes, at + 1) << 8U;
}

std::size_t length_of(const std::string& packet) {
  return std::size_t{two_bytes(packet, 0)} | std::size_t{byte(packet, 2)} << 16U;
}

/// Protocol 10: version, the server's version up to a zero byte, session (4), random (8), zero, flags (2), …
std::optional<bool> tls_of(const std::string& packet) {
  if (packet.size() <= header_size || byte(packet, header_size) != 10) return std::nullopt;
  const auto version_end = packet.find('\0', header_size + 1);
  if (version_end == std::string::npos || packet.size() < version_end + 16) return std::nullopt;
  return (two_bytes(packet, version_end + 14) & tls_flag) != 0;
}

}  // namespace

Greeting read_greeting(Socket& server, Deadline deadline) {
  constexpr std::size_t longest = 65535;
  auto bytes = server.read_bytes(header_size, deadline);
  if (bytes.size() < header_size || length_of(bytes) > longest) return {.bytes = std::move(bytes)};
  bytes += server.read_bytes(length_of(bytes), deadline);
  const auto tls = tls_of(bytes);
  return {.bytes = std::move(bytes), .offers_tls = tls};
}

std::optional<std::string> TlsGate::pass(std::string bytes) {
  // flags (4), packet size (4), character set (1), zeros (23); behind it a TLS record of the kind "handshake"
  constexpr std::size_t request_size = 32;
  constexpr unsigned handshake = 0x16;
  if (open_) return bytes;
  opening_ += bytes;
  if (opening_.size() >= header_size && (length_of(opening_) != request_size || byte(opening_, 3) != 1))
    return std::nullopt;
  if (opening_.size() >= header_size + 2 && (two_bytes(opening_, header_size) & tls_flag) == 0) return std::nullopt;
  if (opening_.size() <= header_size + request_size) return std::string();
  if (byte(opening_, header_size + request_size) != handshake) return std::nullopt;
  open_ = true;
  return std::exchange(opening_, {});
}

}  // namespace dbctl::mysql
