#pragma once
#include <string_view>

namespace dbctl::utf8 {

/// At most `bytes` of the beginning, never half of a character.
inline std::string_view prefix(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace dbctl::utf8
