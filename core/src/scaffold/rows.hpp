#pragma once
#include <map>
#include <string>
#include <vector>

#include "scaffold/references.hpp"

namespace dbctl::scaffold {

/// Rows for a table, as C++ code.
struct Rows {
  std::vector<std::string> unique_by;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> cells;
  std::vector<std::string> notes;
};

/// Ten rows, or as many as the table's unique columns let be. Throws Error (make_schema) for a foreign key that must
/// have a value and whose table none of `seeded` fills.
Rows made_up_rows(const schema::Table& table, const schema::Schema& schema, const std::map<std::string, Seeded>& seeded,
                  const catalog::Catalog& catalog);

/// The columns by which the table's rows are best found again.
std::vector<std::string> natural_key(const schema::Table& table);

}  // namespace dbctl::scaffold
