#pragma once
#include <map>
#include <string>
#include <vector>

#include "dbctl/catalog/seeder.hpp"
#include "dbctl/schema/model.hpp"
#include "seed/lookups.hpp"

namespace dbctl::seed {

/// A row as a seeder wants it: every value of its column's type, lookups resolved.
struct WantedRow {
  std::map<std::string, Value> values;  ///< by column
  Row key;                              ///< the natural key, in the order of unique_by
  std::string place;                    ///< "data/products.json, row 3"
};

/// What one into(...) wants, for one table.
struct Wanted {
  const schema::Table* table = nullptr;
  std::vector<std::string> key;  ///< the natural key's columns
  std::vector<WantedRow> rows;   ///< keys differ
};

/// Reads literals, generated rows and the data file, resolves lookups, gives uuid keys that are not given. Throws
/// Error (seed_data, seed_lookup) naming seeder, row and column.
Wanted wanted_of(const catalog::Seeder& seeder, const catalog::Seeding& seeding, const schema::Schema& schema,
                 Lookups& lookups);

}  // namespace dbctl::seed
