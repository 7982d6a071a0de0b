#pragma once
#include <map>
#include <string>
#include <vector>

#include "dbctl/catalog/seeder.hpp"
#include "dbctl/driver/driver.hpp"
#include "dbctl/schema/model.hpp"

namespace dbctl::seed {

/// Natural keys of other tables, turned into what their rows are referred to by. Asks the database once for each
/// batch of keys, and remembers what it found: rows are only ever added while a seeder runs.
class Lookups {
 public:
  Lookups(driver::Connection& connection, const sql::Dialect& dialect, const schema::Schema& schema)
      : connection_(connection), dialect_(dialect), schema_(schema) {}

  /// Values of `lookups`, in order. Throws Error (seed_lookup) for a key that finds no row, or several.
  std::vector<Value> find(const std::vector<catalog::Lookup>& lookups);

 private:
  /// One table, key columns and wanted column; found keys by their text.
  struct Index {
    const schema::Table* table = nullptr;
    std::vector<std::string> columns;
    std::string wanted;
    std::map<std::string, std::vector<Value>> found;
  };
  Index& index_of(const catalog::Lookup& lookup);
  Row key_of(const catalog::Lookup& lookup, const Index& index) const;
  void fetch(Index& index, const std::vector<Row>& keys);

  driver::Connection& connection_;
  const sql::Dialect& dialect_;
  const schema::Schema& schema_;
  std::map<std::string, Index> indexes_;
};

/// The values as one text that differs whenever they do.
std::string key_text(const Row& key);

}  // namespace dbctl::seed
