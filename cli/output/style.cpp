#include "output/style.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

std::string_view code_of(Style style) {
  switch (style) {
    case Style::plain:
      return "";
    case Style::good:
      return "32";
    case Style::warning:
      return "33";
    case Style::bad:
      return "1;31";
    case Style::dim:
      return "2";
    case Style::strong:
      return "1";
  }
  return "";
}

}  // namespace

std::string paint(Style style, std::string_view text, bool colour) {
  if (!colour || style == Style::plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(style), text);
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

std::size_t width(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string hanging(std::string_view text, std::string_view indent) {
  return text::replace_all(std::string(text), "\n", fmt::format("\n{}", indent));
}

}  // namespace dbctl::cli
