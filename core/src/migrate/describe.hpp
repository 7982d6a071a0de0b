#pragma once
#include <optional>
#include <string>

#include "dbctl/schema/model.hpp"
#include "dbctl/value/statement.hpp"

namespace dbctl::migrate {

/// The line of the statement that the server complains about, with a caret below the place; the beginning of the
/// statement when it named none.
std::string excerpt(const Statement& statement, const std::optional<std::size_t>& position);

/// A backfill's last primary key as one text, and back. An empty text is "from the start": an empty row.
std::string cursor_of(const Row& key);
Row key_from_cursor(const std::string& cursor, const schema::Table& table);

}  // namespace dbctl::migrate
