#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "dbctl/base/export.hpp"

namespace dbctl::schema {

enum class TypeKind : std::uint8_t {
  boolean,
  smallint,     ///< 16 bits, signed
  integer,      ///< 32 bits, signed
  bigint,       ///< 64 bits, signed
  decimal,      ///< exact, `size` digits of which `scale` after the point
  real,         ///< IEEE 754 binary32
  double_,      ///< IEEE 754 binary64
  string,       ///< at most `size` characters
  text,         ///< unbounded
  character,    ///< exactly `size` characters
  uuid,
  binary,       ///< at most `size` bytes, 0 is unbounded
  date,
  time,         ///< microseconds, no zone
  timestamp,    ///< microseconds, UTC
  json,
  text_array,
  enumeration,  ///< one of `values`
};

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
