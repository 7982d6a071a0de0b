#pragma once
#include <string>
#include <string_view>

namespace dbctl::cli {

enum class Style : unsigned char { plain, good, warning, bad, dim, strong };

/// `text` in the style's colour, or as it is.
std::string paint(Style style, std::string_view text, bool colour);

/// Text from a server or a file, made harmless for a terminal: control characters other than line ends and tabs are
/// written as \xNN.
std::string printable(std::string_view text);
void append_printable(std::string& out, std::string_view text);

/// How many columns a terminal needs for UTF-8 text: its code points.
std::size_t width(std::string_view text) noexcept;

/// `text` with `indent` before every line but the first.
std::string hanging(std::string_view text, std::string_view indent);

}  // namespace dbctl::cli
