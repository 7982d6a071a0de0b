#pragma once
#include "dbctl/catalog/catalog.hpp"
#include "dbctl/journal/journal.hpp"

namespace dbctl::migrate {

/// What meta remembers (meta::build_of) once the checksums of everything applied of the domain were found to be those
/// of its build: the build-id, and a digest of the rows, so that a row that changes is looked at again.
std::string verified(const catalog::Domain& domain, const journal::State& state);

/// Whether that is what meta says; false where the build-id is unknown.
bool is_verified(const catalog::Domain& domain, const journal::State& state);

}  // namespace dbctl::migrate
