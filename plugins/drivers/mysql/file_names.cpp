#include "file_names.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "dbctl/base/text.hpp"

namespace dbctl::mysql {
namespace {

/// A letter of the ranges that the server encodes in two characters by tables of its own: any but ASCII's.
constexpr char32_t some_letter = 0xFFFFFFFF;

bool is_plain(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

std::optional<char32_t> hexadecimal(std::string_view digits) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.size() != 4 || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

/// "@002d" is the character of that number; "@0p" a letter that is not told here.
std::u32string decoded(std::string_view encoded) {
  std::u32string out;
  for (std::size_t i = 0; i < encoded.size();) {
    if (encoded[i] != '@') {
      out += static_cast<unsigned char>(encoded[i++]);
    } else if (const auto c = hexadecimal(encoded.substr(i + 1, 4))) {
      out += *c;
      i += 5;
    } else {
      out += some_letter;
      i += 3;
    }
  }
  return out;
}

/// UTF-8, of at most three bytes a character: identifiers have no others.
std::u32string characters_of(std::string_view name) {
  std::u32string out;
  for (const char byte : name) {
    const auto bits = static_cast<unsigned char>(byte);
    if (bits < 0x80)
      out += bits;
    else if (bits < 0xC0 && !out.empty())
      out.back() = (out.back() << 6U) | (bits & 0x3FU);
    else
      out += bits & (bits < 0xE0 ? 0x1FU : 0x0FU);
  }
  return out;
}

/// Whether they can be one name.
bool may_be(const std::u32string& decoded, const std::u32string& name) {
  return std::ranges::equal(decoded, name,
                            [](char32_t d, char32_t n) { return d == n || (d == some_letter && n >= 0x80); });
}

/// ASCII as it is, all else alike.
std::string in_common(const std::u32string& text) {
  std::string out;
  for (const auto c : text) out += c < 0x80 ? static_cast<char>(c) : '\x7F';
  return out;
}

std::string key_of(const std::u32string& schema, const std::u32string& table) {
  return in_common(schema) + '/' + in_common(table);
}

}  // namespace

std::string plain_prefix(std::string_view name) {
  const auto end = std::ranges::find_if(name, [](char c) { return !is_plain(static_cast<unsigned char>(c)); });
  return {name.begin(), end};
}

void FileNames::add(std::string_view file_name, std::string number) {
  const auto slash = file_name.find('/');
  if (slash == std::string_view::npos) return;  // the system's
  const auto schema = file_name.substr(0, slash);
  auto name = file_name.substr(slash + 1);
  if (const auto mark = name.find('#'); mark != std::string_view::npos) {  // encoded in a name, so a partition follows
    number = std::string(name.substr(mark)) + '=' + number;
    name = name.substr(0, mark);
  }
  auto& alike = tables_[key_of(decoded(schema), decoded(name))];
  auto same = std::ranges::find_if(alike, [&](const auto& t) { return t.schema == schema && t.name == name; });
  if (same == alike.end()) {
    alike.push_back({std::string(schema), std::string(name), {}});
    same = std::prev(alike.end());
  }
  same->numbers.insert(std::move(number));
}

std::string FileNames::identity(std::string_view schema, std::string_view table) const {
  const auto wanted_schema = characters_of(schema), wanted = characters_of(table);
  const auto alike = tables_.find(key_of(wanted_schema, wanted));
  if (alike == tables_.end()) return {};
  const Table* found = nullptr;
  std::size_t possible = 0;
  for (const auto& candidate : alike->second) {
    const auto its_schema = decoded(candidate.schema), its_name = decoded(candidate.name);
    if (!may_be(its_schema, wanted_schema) || !may_be(its_name, wanted)) continue;
    found = &candidate;
    ++possible;
    if (its_schema != wanted_schema || its_name != wanted) continue;
    possible = 1;  // it is known to be this one
    break;
  }
  if (possible != 1) return {};
  return text::join({found->numbers.begin(), found->numbers.end()}, ",");
}

}  // namespace dbctl::mysql
