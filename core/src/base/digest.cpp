#include "dbctl/base/digest.hpp"

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include <fmt/format.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <sys/random.h>

namespace dbctl {
namespace {

using UuidBytes = std::array<std::uint8_t, 16>;

const std::uint8_t* bytes_of(std::string_view s) {
  return reinterpret_cast<const std::uint8_t*>(s.data());
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

unsigned hex_value(char c) {
  if (c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10U;
}

template <std::size_t N>
std::string hex(const std::array<std::uint8_t, N>& bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(2 * N);
  for (const auto b : bytes) {
    out.push_back(digits[b >> 4U]);
    out.push_back(digits[b & 15U]);
  }
  return out;
}

std::string uuid_text(UuidBytes bytes, unsigned version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0FU) | (version << 4U));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3FU) | 0x80U);
  std::string out = hex(bytes);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) out.insert(at, 1, '-');
  return out;
}

UuidBytes uuid_bytes(std::string_view text) {
  UuidBytes bytes{};
  std::size_t at = 0;
  for (auto& b : bytes) {
    if (text[at] == '-') ++at;
    b = static_cast<std::uint8_t>(hex_value(text[at]) * 16 + hex_value(text[at + 1]));
    at += 2;
  }
  return bytes;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), bytes_of(bytes));
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  return hex(digest);
}

std::string uuid5(std::string_view name_space, std::string_view name) {
  if (!is_uuid(name_space)) throw std::invalid_argument(fmt::format("'{}' is not a uuid", name_space));
  const UuidBytes space = uuid_bytes(name_space);
  sha1_ctx context;
  sha1_init(&context);
  sha1_update(&context, space.size(), space.data());
  sha1_update(&context, name.size(), bytes_of(name));
  UuidBytes digest{};
  sha1_digest(&context, digest.size(), digest.data());
  return uuid_text(digest, 5);
}

std::string uuid4() {
  UuidBytes bytes{};
  std::size_t got = 0;
  while (got < bytes.size()) {
    const auto n = getrandom(bytes.data() + got, bytes.size() - got, 0);
    if (n < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
    if (n > 0) got += static_cast<std::size_t>(n);
  }
  return uuid_text(bytes, 4);
}

bool is_uuid(std::string_view text) noexcept {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

}  // namespace dbctl
