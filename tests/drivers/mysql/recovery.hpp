#pragma once
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/catalog/catalog.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "server.hpp"

/// Statements that commit by themselves, and a run that ends at their side.
namespace dbctl::mysql::test {

using migrate::Boundary;

/// The end of the process, as far as one can be had without losing the test: nothing catches it.
struct Killed {};

class Killer final : public migrate::Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const migrate::PlannedMigration&) override {}
  void statement(const migrate::PlannedMigration&, const migrate::PlannedStatement& s) override {
    sent.push_back(s.step.statement.sql);
  }
  void batch(const migrate::PlannedMigration&, const migrate::PlannedStatement&, std::int64_t) override {}
  void finished(const migrate::PlannedMigration&, std::int64_t) override {}
  void boundary(const migrate::PlannedMigration&, const migrate::PlannedStatement& s, Boundary b) override {
    if (b == at && s.step.statement.sql.find(where) != std::string::npos && !where.empty()) throw Killed{};
  }

  Boundary at = Boundary::sending;
  std::string where;  ///< a part of the statement; empty: never
  std::vector<std::string> sent;
};

inline schema::Operation raw(std::string sql) {
  return {.what = schema::RawSql{.sql = std::move(sql)}};
}

class RecoveryTest : public ServerTest {
 protected:
  using Operations = std::vector<schema::Operation>;

  /// One migration, whose down is empty.
  static catalog::Catalog catalog_of(const Operations& up) {
    catalog::Catalog catalog;
    catalog.add_migration("shop", "migrations/shop/20240101000001_change.cpp", [up] {
      return catalog::Body{up, Operations{}};
    });
    return catalog;
  }
  static catalog::Catalog catalog_of(const std::vector<std::string>& statements) {
    Operations up;
    for (const auto& sql : statements) up.push_back(raw(sql));
    return catalog_of(up);
  }

  /// A run in a session of its own, which is over afterwards. Whether it came to its end.
  template <class Migrations>
  bool run(const Migrations& migrations) {
    journal::Database database(driver_, options(), {.lock_timeout = std::chrono::seconds(20), .actor = {}});
    try {
      migrate::migrate(database, catalog_of(migrations), {}, {}, killer_);
      return true;
    } catch (const Killed&) {
      return false;
    }
  }
  template <class Migrations>
  void killed(const Migrations& migrations, Boundary at, const std::string& where) {
    killer_.at = at;
    killer_.where = where;
    EXPECT_FALSE(run(migrations)) << "it was not killed";
    killer_.where.clear();
    killer_.sent.clear();
  }
  template <class Migrations>
  std::string code_of(const Migrations& migrations) {
    try {
      run(migrations);
    } catch (const Error& error) {
      why_ = error.details().summary + "\n" + error.details().why;
      return std::string(error.code().id);
    }
    return "nothing";
  }
  void execute(const std::string& sql) { connection->execute({.sql = sql}); }
  /// All values of the first column.
  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> out;
    for (const auto& row : connection->query({.sql = sql}).rows) out.push_back(to_text(row[0]));
    return out;
  }

  MysqlDriver driver_;
  Killer killer_;
  std::string why_;
};

}  // namespace dbctl::mysql::test
