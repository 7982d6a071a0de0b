#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "dbctl/base/export.hpp"
#include "dbctl/schema/kinds.hpp"

namespace dbctl::schema {

struct Type {
  TypeKind kind = TypeKind::text;
  std::uint32_t size = 0;
  std::uint32_t scale = 0;
  std::vector<std::string> values = {};

  bool operator==(const Type&) const = default;
};

/// As authors write it: `decimal<12,2>`, `string(200)`, `enumeration('a','b')`, `uuid`.
DBCTL_API std::string to_text(const Type& type);

inline bool is_whole_number(TypeKind k) {
  return k == TypeKind::smallint || k == TypeKind::integer || k == TypeKind::bigint;
}

}  // namespace dbctl::schema
