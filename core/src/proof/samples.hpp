#pragma once
#include <map>
#include <set>

#include "dbctl/schema/model.hpp"

namespace dbctl::proof {

/// A row by the names of its columns.
using Named = std::map<std::string, Value>;

/// A value that the type holds; other `n`, other value, as far as the type has so many.
Value sample(const schema::Type& type, std::size_t n);
/// One at the type's edge: all digits, 64 bits, characters of four bytes.
Value extreme(const schema::Type& type);

}  // namespace dbctl::proof
