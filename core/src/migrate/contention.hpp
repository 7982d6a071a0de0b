#pragma once
#include <functional>
#include <span>

#include "dbctl/migrate/migrator.hpp"

namespace dbctl::migrate {

/// Lets `attempt` send the statements. A definition that waits for another session's lock holds up everyone who comes
/// after it, so it waits for Settings::ddl_lock_timeout only, gives way, and is tried again, a bounded number of times,
/// where the failure undid all of it. When that is over the error says who holds the lock.
void patiently(journal::Database& database, Observer& observer, const PlannedMigration& migration,
               std::span<const PlannedStatement> statements, const std::function<void()>& attempt);

}  // namespace dbctl::migrate
