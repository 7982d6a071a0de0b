#pragma once
#include "dbctl/catalog/catalog.hpp"

namespace dbctl::dsl {
struct MigrationNode;
struct SeederNode;
struct EmbeddedFile;
}  // namespace dbctl::dsl

namespace dbctl::catalog {

/// Adds what a domain plugin linked into its three lists. Bodies are expanded when asked for; the nodes must live as
/// long as the catalog, which they do because plugins are never unloaded. Throws what Catalog::add_* throw.
DBCTL_API void register_nodes(Catalog& catalog, std::string_view domain, const dsl::MigrationNode* migrations,
                              const dsl::SeederNode* seeders, const dsl::EmbeddedFile* files);

}  // namespace dbctl::catalog
