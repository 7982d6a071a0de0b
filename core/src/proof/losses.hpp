#pragma once
#include "dbctl/migrate/plan.hpp"
#include "proof/fingerprint.hpp"

namespace dbctl::proof {

/// What a rollback of these operations may not bring back, by the names that tables and columns have before them.
Losses losses_of(const std::vector<schema::Operation>& operations, schema::Schema before);

}  // namespace dbctl::proof
