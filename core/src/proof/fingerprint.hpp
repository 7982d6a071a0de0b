#pragma once
#include <map>
#include <set>

#include "dbctl/journal/database.hpp"

namespace dbctl::proof {

/// What a comparison leaves out, by the names that tables and columns have in the state compared.
struct Losses {
  std::set<std::string, std::less<>> tables = {};  ///< their rows
  std::set<std::pair<std::string, std::string>> columns = {};

  bool empty() const { return tables.empty() && columns.empty(); }
};

/// The rows of a table as a set: their order and the order of their columns do not count.
struct RowsPrint {
  std::int64_t rows = 0;
  std::string digest;
  std::string without_counters;          ///< the same without the columns that count by themselves
  std::vector<std::string> sample = {};  ///< the first ones as text, for messages
};

/// All that a migration leaves behind and that must be the same however often it was interrupted.
struct Fingerprint {
  std::map<std::string, std::string> definitions;  ///< by what they are of: "table products", "view cheap"
  std::set<std::string> worded;  ///< of the definitions: tables and indexes in the database's own words
  std::map<std::string, RowsPrint> tables;
  std::vector<std::string> journal;    ///< what is applied with its checksum, and what is under way
  std::set<std::string> not_compared;  ///< columns whose values are the clock's
};

Fingerprint fingerprint(journal::Database& database, const Losses& losses = {});

struct Difference {
  std::vector<std::string> lines = {};  ///< empty: no difference
  std::set<std::string> counted = {};   ///< tables that differ in numbers alone which the database gives out
};
enum class Wording : unsigned char {
  compared,
  free  ///< tables and indexes by the model alone: one that was changed and changed back may be worded otherwise
};
Difference difference(const Fingerprint& wanted, const Fingerprint& found, Wording wording = Wording::compared);

}  // namespace dbctl::proof
