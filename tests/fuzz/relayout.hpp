#pragma once
#include <string>
#include <string_view>

#include "dbctl/sql/lexical.hpp"

namespace dbctl::fuzz {

/// The SQL with other white space and other words in its comments, each where one was. Lines end where lines ended,
/// since that is what lets E'a' go on as 'b' on the next line.
std::string relayout(std::string_view sql, const sql::LexicalRules& rules);

}  // namespace dbctl::fuzz
