#pragma once
#include <string>

#include "dbctl/sql/classify.hpp"

namespace dbctl::sql::test {

inline std::string text_of(const ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + '.' + name.name;
}

/// "commits, definition, index i on t": all that is known of a statement.
inline std::string text_of(const StatementClass& found) {
  static constexpr const char* transactions[] = {"joins", "commits", "refused", "controls", "unknown"};
  static constexpr const char* effects[] = {"definition", "identity", "repeatable", "several", "session",
                                            "data",       "query",    "control",    "unknown"};
  std::string text = transactions[static_cast<std::size_t>(found.transaction)];
  text += std::string(", ") + effects[static_cast<std::size_t>(found.effect)];
  if (!found.object.empty() || !found.names.empty()) text += ", " + found.object;
  for (std::size_t i = 0; i < found.names.size(); ++i) text += (i == 0 ? " " : ", ") + text_of(found.names[i]);
  if (found.on) text += " on " + text_of(*found.on);
  if (found.reads_data) text += ", reads data";
  return text;
}

}  // namespace dbctl::sql::test
