#pragma once
#include "dbctl/schema/types.hpp"
#include "dbctl/value/value.hpp"

namespace dbctl::schema {

/// `value` as the type's canonical value: decimals at the declared scale (exact, an Error when digits would be lost),
/// uuids in lower case, timestamps in UTC with six digits, booleans from 0/1 and true/false, JSON with sorted keys and
/// without white space, text arrays from JSON. NULL stays NULL. Throws std::invalid_argument saying what does not fit
/// ("'abc' is not a decimal<12,2>").
DBCTL_API Value coerce(const Value& value, const Type& type);

}  // namespace dbctl::schema
