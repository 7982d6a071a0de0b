#pragma once
#include <span>
#include <string_view>

#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/lexical.hpp"

namespace dbctl::mysql {

/// Upper case, sorted.
std::span<const std::string_view> keywords();
const sql::LexicalRules& lexical_rules();
std::span<const sql::ClassRule> statement_classes();

}  // namespace dbctl::mysql
