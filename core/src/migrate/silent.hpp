#pragma once
#include "dbctl/migrate/migrator.hpp"

namespace dbctl::migrate {

/// An observer that only looks on.
class Silent : public Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const PlannedMigration&) override {}
  void statement(const PlannedMigration&, const PlannedStatement&) override {}
  void batch(const PlannedMigration&, const PlannedStatement&, std::int64_t) override {}
  void finished(const PlannedMigration&, std::int64_t) override {}
};

}  // namespace dbctl::migrate
