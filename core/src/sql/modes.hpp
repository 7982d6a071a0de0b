#pragma once
#include <cstdint>
#include <string_view>

#include "dbctl/sql/lexical.hpp"

namespace dbctl::sql {

/// The modes that hold after this statement: changed by a SET or RESET of a variable that the rules name.
std::uint32_t modes_after(std::string_view statement, const LexicalRules& rules, std::uint32_t before);

}  // namespace dbctl::sql
