#include "scaffold/names.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::scaffold {
namespace {

// every word between two blanks: ISO C++20, tables 5 and 6 of [lex.key]
constexpr std::string_view cpp_keywords =
    " alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class "
    "compl concept const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype "
    "default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int "
    "long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register "
    "reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template "
    "this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t "
    "while xor xor_eq "
    // macros of standard headers, and a member that every model has
    "assert errno stdin stdout stderr mapping ";

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array<Pair, 10> irregular{{{"person", "people"},
                                          {"child", "children"},
                                          {"man", "men"},
                                          {"woman", "women"},
                                          {"mouse", "mice"},
                                          {"foot", "feet"},
                                          {"tooth", "teeth"},
                                          {"leaf", "leaves"},
                                          {"shelf", "shelves"},
                                          {"movie", "movies"}}};
constexpr std::array<std::string_view, 8> same_in_both = {"data",   "equipment", "information", "media",
                                                          "series", "species",   "news",        "metadata"};

bool is_vowel(char c) {
  return std::string_view("aeiou").find(c) != std::string_view::npos;
}

bool hisses(std::string_view word) {
  return word.ends_with("s") || word.ends_with("x") || word.ends_with("z") || word.ends_with("ch") ||
         word.ends_with("sh");
}

std::string plural_word(std::string_view word) {
  if (word.empty() || std::ranges::find(same_in_both, word) != same_in_both.end()) return std::string(word);
  for (const auto& [one, many] : irregular)
    if (word == one) return std::string(many);
  if (word.size() > 1 && word.ends_with("y") && !is_vowel(word[word.size() - 2]))
    return fmt::format("{}ies", word.substr(0, word.size() - 1));
  return fmt::format("{}{}", word, hisses(word) ? "es" : "s");
}

std::string singular_word(std::string_view word) {
  if (std::ranges::find(same_in_both, word) != same_in_both.end()) return std::string(word);
  for (const auto& [one, many] : irregular)
    if (word == many) return std::string(one);
  if (word.size() > 3 && word.ends_with("ies")) return fmt::format("{}y", word.substr(0, word.size() - 3));
  // "houses" and "databases" have an e of their own, "statuses" and "aliases" have not.
  const bool keeps_e = word.ends_with("ouses") || (word.ends_with("ases") && !word.ends_with("iases"));
  if (word.ends_with("es") && hisses(word.substr(0, word.size() - 2)) && !keeps_e)
    return std::string(word.substr(0, word.size() - 2));
  if (word.ends_with("s") && !word.ends_with("ss")) return std::string(word.substr(0, word.size() - 1));
  return std::string(word);
}

template <class F>
std::string with_last_word(std::string_view name, F change) {
  const auto at = name.rfind('_');
  if (at == std::string_view::npos) return change(name);
  return fmt::format("{}{}", name.substr(0, at + 1), change(name.substr(at + 1)));
}

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string snake(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool begins_a_word = is_upper(c) && i > 0 &&
                               (is_lower_or_digit(name[i - 1]) || (is_upper(name[i - 1]) && i + 1 < name.size() &&
                                                                   name[i + 1] >= 'a' && name[i + 1] <= 'z'));
    if (begins_a_word && !out.ends_with('_')) out += '_';
    if (c == '-' || c == ' ') {
      if (!out.empty() && !out.ends_with('_')) out += '_';
    } else {
      out += c;
    }
  }
  return text::lower(out);
}

std::string pascal(std::string_view name) {
  std::string out;
  for (const auto& word : text::split(snake(name), '_'))
    if (!word.empty()) out += text::upper(word.substr(0, 1)) + word.substr(1);
  return out;
}

std::string plural(std::string_view noun) {
  return with_last_word(noun, plural_word);
}

std::string singular(std::string_view noun) {
  return with_last_word(noun, singular_word);
}

bool is_cpp_keyword(std::string_view word) {
  return cpp_keywords.find(fmt::format(" {} ", word)) != std::string_view::npos;
}

std::string type_name(std::string_view given, std::string_view what, std::string_view example) {
  constexpr std::size_t longest = 60;
  auto name = pascal(given);
  const auto fits = [](char c) { return is_upper(c) || is_lower_or_digit(c); };
  const bool begins = !name.empty() && (name.front() < '0' || name.front() > '9');
  if (begins && std::ranges::all_of(name, fits) && name.size() <= longest) return name;
  throw Error(codes::make_name, {.summary = fmt::format("\"{}\" is no name for a {}", given, what),
                                 .where = "NAME",
                                 .next = {fmt::format("letters and digits, a letter first: {}", example)}});
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      fmt::format_to(std::back_inserter(out), "\\{}", c);
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      fmt::format_to(std::back_inserter(out), "\\{:03o}", byte);
    else
      out += c;
  }
  return out + '"';
}

}  // namespace dbctl::scaffold
