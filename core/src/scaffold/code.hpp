#pragma once
#include <string>
#include <vector>

#include "dbctl/schema/operation.hpp"

/// Operations as their authors write them.
namespace dbctl::scaffold {

/// A value as a literal: text for what has no literal of its own.
std::string value_code(const Value& value);

/// A whole migration file. `variable` is the migration's own name within its domain.
std::string migration_code(const std::string& variable, const std::vector<schema::Operation>& operations);

}  // namespace dbctl::scaffold
