#pragma once
#include <cstdint>

/// The enumerations that authors' headers share with the model. Nothing heavier belongs here: every migration includes
/// it.
namespace dbctl::schema {

enum class TypeKind : std::uint8_t {
  boolean,
  smallint,   ///< 16 bits, signed
  integer,    ///< 32 bits, signed
  bigint,     ///< 64 bits, signed
  decimal,    ///< exact, `size` digits of which `scale` after the point
  real,       ///< IEEE 754 binary32
  double_,    ///< IEEE 754 binary64
  string,     ///< at most `size` characters
  text,       ///< unbounded
  character,  ///< exactly `size` characters
  uuid,
  binary,  ///< at most `size` bytes, 0 is unbounded
  date,
  time,       ///< microseconds, no zone
  timestamp,  ///< microseconds, UTC
  json,
  text_array,
  enumeration,  ///< one of the type's values
};

/// What happens to the rows that refer to a row which is deleted or whose key changes.
enum class Action : std::uint8_t { no_action, restricted, cascade, set_null, set_default };

}  // namespace dbctl::schema
