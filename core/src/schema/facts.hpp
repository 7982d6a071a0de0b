#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/schema/model.hpp"

/// Small questions that several rules ask.
namespace dbctl::schema {

inline bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

inline bool is_words(TypeKind kind) {
  return kind == TypeKind::string || kind == TypeKind::text || kind == TypeKind::character ||
         kind == TypeKind::enumeration;
}

inline bool is_generated(const Column& column) {
  return !column.generated.expression.empty();
}

}  // namespace dbctl::schema
