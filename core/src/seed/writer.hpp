#pragma once
#include "dbctl/journal/database.hpp"
#include "dbctl/seed/seed.hpp"
#include "seed/wanted.hpp"

namespace dbctl::seed {

/// Compares what a seeder wants with what is there, and writes the difference together with the ledger.
///
/// A row that is missing is inserted. One that equals what is wanted is left. One that still is as the seeder once
/// wrote it, while the seeder has changed, is updated. Anything else was edited by a user: kept and reported, unless
/// forced. That includes a value that does not fit its column's type. Columns that the seeder never gave are not read.
class Writer {
 public:
  Writer(journal::Database& database, const std::string& seeder, bool force);

  void write(const Wanted& wanted, SeederResult& result);
  /// Writes the ledger's rows; once, at the end of the seeder.
  void finish();

 private:
  using Found = std::map<std::string, Value>;  // by column, without values that do not fit their column
  std::vector<std::string> columns_of(const Wanted& wanted) const;
  std::map<std::string, Found> existing(const Wanted& wanted);
  void insert(const Wanted& wanted, const std::vector<const WantedRow*>& rows);
  void update(const Wanted& wanted, const WantedRow& row);
  void remember(const Wanted& wanted, const WantedRow& row);

  journal::Database& database_;
  std::string seeder_;
  bool force_;
  std::map<std::pair<std::string, std::string>, journal::Seeded> ledger_;  // by table and key
  std::vector<journal::Seeded> added_, replaced_;
};

}  // namespace dbctl::seed
