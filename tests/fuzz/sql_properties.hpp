#pragma once
#include <span>
#include <string_view>

#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/split.hpp"

namespace dbctl::fuzz {

/// Everything that holds for any text that is read as SQL: its tokens, its statements, their classes and hashes. Throws
/// Broken. Gives how many statements there are; none when split() refuses the text.
std::size_t check_sql(std::string_view text, const sql::LexicalRules& rules, std::span<const sql::ClassRule> classes);

}  // namespace dbctl::fuzz
