#pragma once
#include <set>

#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

/// SHA-256 of the table's canonical text as the database stores it; empty for nullptr.
std::string digest_of(const schema::Table* table, const sql::Dialect& dialect);
/// The same of a table as `describe` reports it.
std::string digest_of_described(const schema::Table* table);

/// What tells after a crash whether the operation's one statement that commits by itself took effect. Throws Error
/// (schema_unprovable) for raw SQL of which nothing tells, and which its author did not mark.
Proof proof_of(const schema::Operation& operation, const sql::Step& step, const schema::Schema& before,
               const schema::Schema& after, const sql::Dialect& dialect);

/// Whether the raw SQL sets up the session and must be sent again to go on in another one.
bool is_replayed(const sql::Step& step, const sql::Dialect& dialect);

/// Whether a word or a quoted name of the statement is one of `names`, which are in lower case.
bool mentions(const std::string& statement, const std::set<std::string>& names, const sql::LexicalRules& rules);

/// Throws Error (schema_unprovable) when a run that is interrupted between two groups could not go on: the session
/// holds what came from rows (`SET @x = (SELECT …)`, a filled temporary table) and would be lost with it.
void check_session_is_replayable(const PlannedMigration& planned, const sql::Dialect& dialect);

}  // namespace dbctl::migrate
