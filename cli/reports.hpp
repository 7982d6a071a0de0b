#pragma once
#include "context.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "dbctl/seed/seed.hpp"

/// What several commands print in the same way: as text for people, as parts of documents for scripts.
namespace dbctl::cli {

/// `applied` or `reverted` with `statements` and `duration_ms`.
Json document_of(const migrate::Outcome& outcome, const char* list);
Json document_of(const migrate::Plan& plan);
Json document_of(const seed::Outcome& outcome);

/// "2 migrations applied, 9 statements, 34 ms."
void say_outcome(Output& out, const migrate::Outcome& outcome, std::string_view done, std::string_view nothing);
/// Groups, hazards and notes of each migration.
std::string text_of(Context& context, const migrate::Plan& plan);
/// "ProductSeeder  2 inserted"
void say_seeder(Output& out, const seed::SeederResult& result);
void say_outcome(Output& out, const seed::Outcome& outcome, bool dry_run);

}  // namespace dbctl::cli
