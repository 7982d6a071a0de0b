#include "progress.hpp"

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "duration.hpp"
#include "reports.hpp"

namespace dbctl::cli {
namespace {

void tell_waiting(Context& context, const std::string& holder) {
  StopSignals::check();
  context.out.note(fmt::format("waiting for the lock: {}", holder));
}

}  // namespace

std::string MigrationProgress::label(const migrate::PlannedMigration& migration) {
  return context_.label(migration.domain, migration.version, migration.name);
}

void MigrationProgress::waiting(const std::string& holder) {
  tell_waiting(context_, holder);
}

void MigrationProgress::contended(const migrate::PlannedMigration& migration,
                                  const migrate::PlannedStatement& statement, const std::string& holders) {
  StopSignals::check();
  context_.out.note(fmt::format("{}: {} waits for a lock: {}", label(migration), statement.operation, holders));
}

void MigrationProgress::started(const migrate::PlannedMigration& migration) {
  StopSignals::check();
  context_.out.detail(fmt::format("{}: {}", label(migration),
                                  text::count(static_cast<std::size_t>(migration.statements()), "statement")));
}

void MigrationProgress::statement(const migrate::PlannedMigration& migration,
                                  const migrate::PlannedStatement& statement) {
  StopSignals::check();
  const auto total = migration.statements();
  context_.out.detail(
      fmt::format("  [{}/{}] {}", statement.number, total, hanging(printable(statement.step.statement.sql), "    ")));
  context_.out.live(
      fmt::format("{}: statement {} of {}, {}", label(migration), statement.number, total, statement.operation));
}

void MigrationProgress::batch(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
                              std::int64_t rows) {
  StopSignals::check();
  context_.out.live(fmt::format("{}: statement {} of {}, {}, {}", label(migration), statement.number,
                                migration.statements(), statement.operation,
                                text::count(static_cast<std::size_t>(rows), "row")));
}

void MigrationProgress::finished(const migrate::PlannedMigration& migration, std::int64_t milliseconds) {
  const bool up = migration.direction == migrate::Direction::up;
  auto& out = context_.out;
  out.live({});
  out.say(fmt::format("{}  {}  {}", out.paint(up ? Style::good : Style::warning, up ? "applied  " : "reverted "),
                      label(migration), out.paint(Style::dim, format_duration(milliseconds))));
}

void SeedProgress::waiting(const std::string& holder) {
  tell_waiting(context_, holder);
}

void SeedProgress::started(const std::string& seeder, std::size_t rows) {
  StopSignals::check();
  context_.out.live(fmt::format("{}: {}", seeder, text::count(rows, "row")));
}

void SeedProgress::finished(const seed::SeederResult& result) {
  context_.out.live({});
  say_seeder(context_.out, result);
}

}  // namespace dbctl::cli
