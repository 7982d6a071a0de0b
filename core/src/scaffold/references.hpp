#pragma once
#include <map>
#include <string>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/schema/model.hpp"
#include "seed/data.hpp"

/// What a new seeder's foreign keys can point at: the rows of the seeders that run before it.
namespace dbctl::scaffold {

/// A table's rows as other seeders make them.
struct Seeded {
  std::string seeder;
  std::vector<std::string> unique_by;
  std::vector<seed::Record> rows;  ///< their literal values; what is looked up in turn is left out

  /// The columns by which all rows can be looked up: the natural key, or the primary key where that is given. Empty:
  /// neither is.
  std::vector<std::string> key(const schema::Table& table) const;
};

/// By table, of all seeders that `after` names, with those that they depend on. Throws Error: seed_unknown, and
/// seed_cycle when one of them depends on `name`.
std::map<std::string, Seeded> seeded_before(const catalog::Catalog& catalog, const std::string& name,
                                            const std::vector<std::string>& after);

/// The seeders that fill a table.
std::vector<std::string> seeders_of(const catalog::Catalog& catalog, const std::string& table);

/// A field of a record, or nullptr.
const Value* field(const seed::Record& record, std::string_view name);

}  // namespace dbctl::scaffold
