#pragma once
#include "dbctl/schema/types.hpp"
#include "dbctl/value/value.hpp"

namespace dbctl::schema {

/// `value` as the type's canonical value; NULL stays NULL and a canonical value stays as it is.
///
/// - boolean: 0, 1, true, false, t, f.
/// - whole numbers: within the type's bits; numeric text and binary numbers without a fraction.
/// - decimal: at the declared scale, exact. A binary number is taken as the decimal it was made from: its shortest
///   text, rounded half away from zero to the scale where only the error of a few operations is lost.
/// - real, double: finite; real as what 32 bits hold of it.
/// - string, text, character: UTF-8, sizes in characters; character without trailing blanks.
/// - uuid: any case, or its 16 bytes. binary: bytes or a text's bytes.
/// - date, time, timestamp: `2024-01-15T09:00[:00[.123456]][Z|+01:00]`, a timestamp converted to UTC, six digits.
/// - json: sorted keys, no white space, every number exact and written in one way (1.50 is 1.5, 1e2 is 100).
/// - text_array: a JSON array of strings. enumeration: one of its values.
///
/// Throws std::invalid_argument saying what does not fit: "'9.999' is not a decimal<12,2>: it has 3 digits after the
/// point".
DBCTL_API Value coerce(const Value& value, const Type& type);
/// The same; the text of a value that is canonical already is moved, not copied.
DBCTL_API Value coerce(Value&& value, const Type& type);

}  // namespace dbctl::schema
