#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "conformance/fixture.hpp"
#include "dbctl/journal/database.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "dbctl/seed/seed.hpp"

namespace dbctl::conformance {

/// Notes the statements that run.
class Watcher final : public migrate::Observer {
 public:
  void waiting(const std::string& holder) override { waited_for.push_back(holder); }
  void started(const migrate::PlannedMigration&) override {}
  void statement(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& s) override {
    statements.push_back(migration.name + " " + std::to_string(s.number));
    if (before_statement) before_statement(s);
  }
  void batch(const migrate::PlannedMigration&, const migrate::PlannedStatement&, std::int64_t rows) override {
    batches.push_back(rows);
    if (after_batch) after_batch();
  }
  void finished(const migrate::PlannedMigration&, std::int64_t) override {}
  void boundary(const migrate::PlannedMigration& migration, const migrate::PlannedStatement&,
                migrate::Boundary boundary) override {
    if (at_boundary) at_boundary(migration, boundary);
  }

  void contended(const migrate::PlannedMigration&, const migrate::PlannedStatement&,
                 const std::string& holders) override {
    contended_by.push_back(holders);
    if (at_contention) at_contention();
  }

  std::function<void(const migrate::PlannedMigration&, migrate::Boundary)> at_boundary;
  std::function<void()> at_contention;
  std::vector<std::string> contended_by;
  std::vector<std::int64_t> batches;                                       ///< rows so far, at each
  std::function<void()> after_batch;                                       ///< may throw
  std::function<void(const migrate::PlannedStatement&)> before_statement;  ///< may throw
  std::vector<std::string> statements;
  std::vector<std::string> waited_for;
};
class SeedWatcher final : public seed::Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const std::string&, std::size_t) override {}
  void finished(const seed::SeederResult&) override {}
};

/// A migration of the test's own: version 20240101000001 and so on, by place.
struct Written {
  std::string name;
  std::vector<schema::Operation> up;
  std::optional<std::vector<schema::Operation>> down = {};
};
catalog::Catalog catalog_of(std::vector<Written> migrations);
/// A nullable integer.
schema::Operation add_column(std::string table, std::string name);

/// dbctl's own machinery on the database under test, on a session of its own.
class RunnerTest : public Test {
 protected:
  void SetUp() override;

  journal::Database& database() { return *database_; }
  driver::Connection& work() { return database_->connection(); }
  migrate::Outcome up(const catalog::Catalog& catalog, const migrate::UpRequest& request = {});
  migrate::Outcome down(const catalog::Catalog& catalog, const migrate::DownRequest& request = {});
  /// `name: state` of each migration.
  std::vector<std::string> states(const catalog::Catalog& catalog);
  /// What is there besides dbctl's own tables.
  std::vector<std::string> user_tables();
  std::vector<std::string> history();  ///< `what name`
  migrate::Target target();
  void expect_described(const catalog::Catalog& catalog);

  Watcher watcher_;
  SeedWatcher seed_watcher_;
  std::unique_ptr<journal::Database> database_;
};

}  // namespace dbctl::conformance
