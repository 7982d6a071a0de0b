#pragma once
#include <string>
#include <string_view>

#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// A planned migration as JSON, with all that the executor needs: what dbctl_reverses holds. Throws std::exception when
/// a text in it is not UTF-8.
DBCTL_API std::string stored_text(const PlannedMigration& migration);

/// Kept in its place where there is no rollback: why not.
DBCTL_API std::string stored_refusal(std::string_view why);

/// Back again. Throws Error: schema_irreversible with the reason where there is none, journal_format when the text is
/// none that this dbctl knows.
DBCTL_API PlannedMigration stored_plan(const journal::Reverse& stored);

}  // namespace dbctl::migrate
