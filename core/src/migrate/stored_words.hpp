#pragma once
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "dbctl/migrate/plan.hpp"

/// Enumerations and values as words: what is stored is read by other versions of dbctl, whose numbers may differ.
namespace dbctl::migrate::stored {

template <class E>
inline constexpr std::array<std::string_view, 0> words{};
// In the order of the enumerations.
template <>
inline constexpr std::array words<Direction> = std::to_array<std::string_view>({"up", "down"});
template <>
inline constexpr std::array words<Group::Kind> = std::to_array<std::string_view>({"transaction", "alone", "backfill"});
template <>
inline constexpr std::array words<Proof::Kind> =
    std::to_array<std::string_view>({"none", "model", "definition", "identity", "repeatable", "condition"});
template <>
inline constexpr std::array words<sql::Expect::Kind> = std::to_array<std::string_view>({"nothing", "no_rows",
                                                                                        "remember", "same"});
template <>
inline constexpr std::array words<schema::Default::Kind> = std::to_array<std::string_view>({"none", "value", "now",
                                                                                            "expression"});
template <>
inline constexpr std::array words<schema::Action> =
    std::to_array<std::string_view>({"no_action", "restricted", "cascade", "set_null", "set_default"});
template <>
inline constexpr std::array words<schema::TypeKind> = std::to_array<std::string_view>(
    {"boolean", "smallint", "integer", "bigint", "decimal", "real", "double", "string", "text", "character", "uuid",
     "binary", "date", "time", "timestamp", "json", "text_array", "enumeration"});

template <class E>
std::string word_of(E value) {
  static_assert(!words<E>.empty());
  return std::string(words<E>.at(static_cast<std::size_t>(value)));
}
template <class E>
E word_from(std::string_view word) {
  for (std::size_t i = 0; i < words<E>.size(); ++i)
    if (words<E>[i] == word) return static_cast<E>(i);
  throw std::invalid_argument("\"" + std::string(word) + "\" is not known");
}

/// Whether it is "none" or "nothing".
template <class E>
bool says_nothing(E value) {
  const auto word = words<E>.at(static_cast<std::size_t>(value));
  return word == "none" || word == "nothing";
}
/// The one that is. Throws std::invalid_argument where each says something.
template <class E>
E nothing() {
  for (std::size_t i = 0; i < words<E>.size(); ++i)
    if (const auto value = static_cast<E>(i); says_nothing(value)) return value;
  throw std::invalid_argument("a word is missing: one of " + std::string(words<E>.front()) + ", ...");
}

std::string kind_of(const Value& value);
/// Exact: doubles as the shortest text that reads back, bytes as hexadecimal, arrays as JSON.
std::string text_of(const Value& value);
/// Throws std::invalid_argument.
Value value_from(const std::string& kind, const std::string& text);

}  // namespace dbctl::migrate::stored
