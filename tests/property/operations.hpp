#pragma once
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "dbctl/schema/fold.hpp"

/// Random migrations: small numbers that a schema turns into operations, so that failures shrink well.
namespace dbctl::schema::testing {

struct Choice {
  std::uint32_t kind = 0;  ///< which operation, modulo how many there are
  std::uint32_t a = 0, b = 0, c = 0;
  bool only = false;  ///< inside on("one")
};
std::ostream& operator<<(std::ostream& out, const Choice& choice);

/// The operation that the choice means for this schema; it may well be one that `apply` refuses.
Operation operation(const Choice& choice, const Schema& schema);

/// How many kinds of operation there are, `Only` not counted.
inline constexpr std::uint32_t operation_kinds = std::variant_size_v<Operation::Variant> - 1;

}  // namespace dbctl::schema::testing
