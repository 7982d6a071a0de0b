#pragma once
#include <string>
#include <string_view>

#include "context.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "dbctl/seed/seed.hpp"
#include "signals.hpp"

namespace dbctl::cli {

/// Tells how a run of migrations goes, and ends it at a statement boundary when a signal has come.
class MigrationProgress : public migrate::Observer {
 public:
  explicit MigrationProgress(Context& context) : context_(context) {}

  void waiting(const std::string& holder) override;
  void contended(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
                 const std::string& holders) override;
  void started(const migrate::PlannedMigration& migration) override;
  void statement(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement) override;
  void batch(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
             std::int64_t rows) override;
  void finished(const migrate::PlannedMigration& migration, std::int64_t milliseconds) override;

 private:
  std::string label(const migrate::PlannedMigration& migration);

  Context& context_;
  StopSignals signals_;
};

/// The same for seeders.
class SeedProgress : public seed::Observer {
 public:
  explicit SeedProgress(Context& context) : context_(context) {}

  void waiting(const std::string& holder) override;
  void started(const std::string& seeder, std::size_t rows) override;
  void finished(const seed::SeederResult& result) override;

 private:
  Context& context_;
  StopSignals signals_;
};

}  // namespace dbctl::cli
