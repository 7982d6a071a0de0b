#pragma once
#include <map>
#include <string>
#include <vector>

#include "dbctl/catalog/seeder.hpp"
#include "dbctl/driver/driver.hpp"
#include "dbctl/schema/model.hpp"

namespace dbctl::seed {

/// Natural keys of other tables, turned into what their rows are referred to by. Remembers what it found: rows are only
/// ever added while a seeder runs.
class Lookups {
 public:
  virtual ~Lookups() = default;

  /// Values of `lookups`, in order. Throws Error (seed_lookup) for a key that finds no row, or several.
  std::vector<Value> find(const std::vector<catalog::Lookup>& lookups);

 protected:
  /// One table, key columns and wanted column; found keys by their text.
  struct Index {
    const schema::Table* table = nullptr;
    std::vector<std::string> columns;
    std::string wanted;
    std::map<std::string, std::vector<Value>> found;
  };
  explicit Lookups(const schema::Schema& schema) : schema_(schema) {}
  /// Fills `found` for keys that were not asked for before.
  virtual void fetch(Index& index, const std::vector<Row>& keys) = 0;

 private:
  Index& index_of(const catalog::Lookup& lookup);
  Row key_of(const catalog::Lookup& lookup, const Index& index) const;

  const schema::Schema& schema_;
  std::map<std::string, Index> indexes_;
};

/// Asks the database, once for each batch of keys.
class DatabaseLookups : public Lookups {
 public:
  DatabaseLookups(driver::Connection& connection, const sql::Dialect& dialect, const schema::Schema& schema)
      : Lookups(schema), connection_(connection), dialect_(dialect) {}

 private:
  void fetch(Index& index, const std::vector<Row>& keys) override;

  driver::Connection& connection_;
  const sql::Dialect& dialect_;
};

/// Takes every row to be there: for checks without a database. Different keys find different rows.
class ImaginedLookups : public Lookups {
 public:
  explicit ImaginedLookups(const schema::Schema& schema) : Lookups(schema) {}

 private:
  void fetch(Index& index, const std::vector<Row>& keys) override;

  std::int64_t imagined_ = 0;
};

/// The values as one text that differs whenever they do.
std::string key_text(const Row& key);

}  // namespace dbctl::seed
