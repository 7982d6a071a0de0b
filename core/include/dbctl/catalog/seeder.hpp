#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/value/value.hpp"

namespace dbctl::catalog {

/// A reference to another table's row by natural key: its primary key is what the cell becomes.
struct Lookup {
  std::string table;
  std::vector<std::string> columns;  ///< the natural key's
  Row key;                           ///< literal values, as long as columns
  std::vector<std::string> fields;   ///< or: data fields that hold the key, as long as columns
  std::string returns = {};          ///< the column wanted; empty: the primary key
};

using Cell = std::variant<Value, Lookup>;

struct SeedRow {
  std::vector<std::string> columns;
  std::vector<Cell> cells;
};

/// One `into(...)` of a seeder.
struct Seeding {
  std::string table;
  std::vector<std::string> unique_by;  ///< the natural key
  std::vector<SeedRow> rows;           ///< literal rows and generated ones, in order
  /// A data file's contents (JSON array of objects, or CSV by its name) with its path for messages; empty: none.
  std::string data_file = {};
  std::string_view data = {};
  /// Columns that the data file gives by another table's natural key.
  std::vector<std::pair<std::string, Lookup>> resolve = {};
};

struct SeederBody {
  std::vector<Seeding> seedings;
  std::vector<std::string> after;  ///< names of seeders
  bool essential = false;
};

struct Seeder {
  std::string domain;
  std::string name;
  std::string file;
  std::function<SeederBody()> body;
};

}  // namespace dbctl::catalog
