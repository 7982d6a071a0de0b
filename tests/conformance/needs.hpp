#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "dbctl/driver/driver.hpp"
#include "dbctl/schema/operation.hpp"

namespace dbctl::conformance {

/// What one of the shared cases asks of a database.
struct Needs {
  bool partial_index = false, expression_index = false, fulltext_index = false, descending_index = false;
  bool concurrent_index = false, generated_columns = false, alter_column = false, comments = false;

  bool is_optional = false;       ///< no capability speaks of it: Unsupported is a fair answer
  bool is_dialect_bound = false;  ///< in one database's own words: the server may refuse it
  bool is_noted = false;          ///< without the capability it may be left out, with a note
  bool refused = false;           ///< every dialect throws an Error
  bool keeps_rows = true;         ///< as many rows after it as before

  /// The name of the first claim that is needed and not made, for this server.
  std::optional<std::string> unclaimed(const driver::Capabilities& claims, const sql::IndexFeatures& server) const;
};

Needs needs_of(std::string_view case_name, const schema::Operation& operation);

}  // namespace dbctl::conformance
