#pragma once
#include <span>

#include "dbctl/sql/classify.hpp"
#include "dbctl/sql/lexical.hpp"

namespace dbctl::sqlite {

const sql::LexicalRules& lexical_rules();
std::span<const sql::ClassRule> statement_classes();

}  // namespace dbctl::sqlite
