#include "migrate/stored_words.hpp"

#include <algorithm>
#include <charconv>

namespace dbctl::migrate::stored {
namespace {

// In the order of the variant.
constexpr auto kinds =
    std::to_array<std::string_view>({"null", "boolean", "integer", "double", "text", "decimal", "uuid", "date", "time",
                                     "timestamp", "json", "text_array", "bytes"});
static_assert(kinds.size() == std::variant_size_v<Value>);

template <class T>
T number_from(const std::string& text) {
  T out{};
  const auto* end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, out);
  if (problem != std::errc() || rest != end) throw std::invalid_argument("\"" + text + "\" is not a number");
  return out;
}

std::string text_of_double(double number) {
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

std::string hexadecimal(const std::string& bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

std::string bytes_from(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned byte = 0;
    const auto* begin = text.data() + i;
    const auto* end = text.data() + std::min(i + 2, text.size());
    const auto [rest, problem] = std::from_chars(begin, end, byte, 16);
    if (problem != std::errc() || rest != begin + 2) throw std::invalid_argument("\"" + text + "\" is not hexadecimal");
    out += static_cast<char>(byte);
  }
  return out;
}

}  // namespace

std::string kind_of(const Value& value) {
  return std::string(kinds.at(value.index()));
}

std::string text_of(const Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return text_of_double(*number);
  if (const auto* bytes = std::get_if<Bytes>(&value)) return hexadecimal(bytes->data);
  return to_text(value);
}

Value value_from(const std::string& kind, const std::string& text) {
  if (kind == "null") return Null{};
  if (kind == "boolean") return text == "true";
  if (kind == "integer") return number_from<std::int64_t>(text);
  if (kind == "double") return number_from<double>(text);
  if (kind == "text") return text;
  if (kind == "decimal") return Decimal{text};
  if (kind == "uuid") return Uuid{text};
  if (kind == "date") return Date{text};
  if (kind == "time") return Time{text};
  if (kind == "timestamp") return Timestamp{text};
  if (kind == "json") return Json{text};
  if (kind == "text_array") return text_array_from_json(text);
  if (kind == "bytes") return Bytes{bytes_from(text)};
  throw std::invalid_argument("\"" + kind + "\" is no kind of value");
}

}  // namespace dbctl::migrate::stored
