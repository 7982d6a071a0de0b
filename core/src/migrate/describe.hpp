#pragma once
#include <optional>
#include <string>

#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// The line of the statement that the server complains about, with a caret below the place; the beginning of the
/// statement when it named none.
std::string excerpt(const Statement& statement, const std::optional<std::size_t>& position);

/// "migrations/shop/x.cpp:11, 20240115090000_x, statement 2 of 4 (add_column a.n)".
std::string place(const PlannedMigration& migration, const PlannedStatement& statement);
/// Gives an error the statement's place, and what the server said of its text.
void explain(Error& error, const PlannedMigration& migration, const PlannedStatement& statement);

/// A backfill's last primary key as one text, and back. An empty text is "from the start": an empty row.
std::string cursor_of(const Row& key);
Row key_from_cursor(const std::string& cursor, const schema::Table& table);

}  // namespace dbctl::migrate
