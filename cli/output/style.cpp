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

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7f;
}

}  // namespace

std::string paint(Style style, std::string_view text, bool colour) {
  if (!colour || style == Style::plain || text.empty()) return std::string(text);
  return fmt::format("\x1b[{}m{}\x1b[0m", code_of(style), text);
}

std::string printable(std::string_view text) {
  std::string out;
  append_printable(out, text);
  return out;
}

void append_printable(std::string& out, std::string_view text) {
  while (true) {
    const auto harmless = static_cast<std::size_t>(std::distance(text.begin(), std::ranges::find_if(text, is_control)));
    out += text.substr(0, harmless);
    if (harmless == text.size()) return;
    out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[harmless]));
    text.remove_prefix(harmless + 1);
  }
}

std::size_t width(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string hanging(std::string_view text, std::string_view indent) {
  return text::replace_all(std::string(text), "\n", fmt::format("\n{}", indent));
}

}  // namespace dbctl::cli
