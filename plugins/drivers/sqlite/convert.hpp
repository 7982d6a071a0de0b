#pragma once
#include <string>

#include "dbctl/schema/model.hpp"

namespace dbctl::sqlite {

/// How a column's values become those of its new definition, where SQLite's own conversion would change them silently.
/// Conditions are over the quoted column; a row for which one is true stops the step. Empty: nothing to look for.
struct Conversion {
  std::string value;              ///< the expression that is copied
  std::string unfit_before = {};  ///< over the old table
  std::string unfit_after = {};   ///< over the new one
};

/// An author's expression as the value of a column: a real number is rounded to what the column holds, as other
/// databases do when they store it.
std::string stored_value(const schema::Type& to, const std::string& expression);

/// `quoted` is the column's name in SQL. `using_expression`, unless empty, is the author's own conversion.
Conversion conversion(const schema::Type& from, const schema::Type& to, const std::string& quoted,
                      const std::string& using_expression);

}  // namespace dbctl::sqlite
