#pragma once
#include "proof/rig.hpp"

namespace dbctl::proof {

/// A place in a run where it can be ended: the `at`-th boundary that it comes to, from 0.
struct Point {
  std::size_t at = 0;
  std::int64_t statement = 0;
  migrate::Boundary boundary = migrate::Boundary::sending;
  std::string sql = {};
  bool last = false;  ///< none comes after it in its run

  /// "20240115090000_create_users, statement 3 of 7, the database has done it, the journal does not know"
  std::string text(const catalog::Migration& migration, std::int64_t statements) const;
};

/// Notes every boundary of a run.
class Recorder : public Silent {
 public:
  void started(const migrate::PlannedMigration& migration) override;
  void boundary(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
                migrate::Boundary boundary) override;

  std::vector<Point> points;
  std::int64_t statements = 0;
  std::vector<std::string> without;  ///< statements that were planned, until a point in them was found
};

/// Strikes at one boundary.
class Trigger : public Silent {
 public:
  Trigger(const Point& point, std::function<void()> strike) : point_(point), strike_(std::move(strike)) {}
  /// Throws Error (proof_impossible) when the run took another way than the one recorded.
  void boundary(const migrate::PlannedMigration& migration, const migrate::PlannedStatement& statement,
                migrate::Boundary boundary) override;

 private:
  const Point& point_;
  std::function<void()> strike_;
  std::size_t count_ = 0;
};

}  // namespace dbctl::proof
