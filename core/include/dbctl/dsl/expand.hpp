#pragma once
#include <optional>
#include <vector>

#include "dbctl/dsl/migration.hpp"
#include "dbctl/schema/operation.hpp"

/// From what the compiler laid down to the model: the only place where an author's constants become operations.
namespace dbctl::dsl {

struct Expanded {
  std::vector<schema::Operation> up;
  std::optional<std::vector<schema::Operation>> down;
};

/// Fills in generated names. Throws nothing of its own; whether the operations fit a schema is the fold's business.
DBCTL_API Expanded expand(const MigrationNode& node);

DBCTL_API Value value_of(const Literal& literal);

}  // namespace dbctl::dsl
