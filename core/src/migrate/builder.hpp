#pragma once
#include "dbctl/migrate/plan.hpp"
#include "migrate/new_tables.hpp"

namespace dbctl::migrate {

/// SHA-256 of text and parameters.
std::string hash_of(const Statement& statement);

/// Turns one migration's operations into commit groups, carrying the model along.
class Builder {
 public:
  Builder(const catalog::Migration& migration, Direction direction, const Target& target, schema::Schema& schema);

  /// Renders the operation against the model and applies it. Throws what dialects and the fold throw, with the
  /// operation's file and line.
  void add(const schema::Operation& operation);
  /// The reverse of a backfill, for the rows up to the cursor.
  void add_part_of_reverse(const schema::Operation& backfill, const std::string& cursor);
  /// Throws Error (schema_unprovable) when the session could not be had again after a crash.
  PlannedMigration finish(std::string checksum) &&;
  /// Statements so far.
  std::int64_t count() const noexcept { return count_; }

 private:
  void add_backfill(const schema::Backfill& backfill, const schema::Operation& operation);
  void add_script(sql::Script script, const schema::Operation& operation, const schema::Schema& after);
  PlannedStatement& add_statement(Group& group, sql::Step step, const schema::Operation& operation);
  Group& transaction(bool suspend_foreign_keys);
  Group& open(Group::Kind kind);

  const Target& target_;
  schema::Schema& schema_;
  PlannedMigration planned_;
  NewTables new_tables_;
  std::int64_t count_ = 0;
};

/// Runs `f` and gives an error that it throws the operation's place, unless it has one.
template <class F>
auto located(const catalog::Migration& migration, const schema::Operation& operation, F&& f) {
  try {
    return f();
  } catch (Error& e) {
    const auto origin = operation.origin.text();
    e.set_where((origin.empty() ? migration.file : origin) + " (" + schema::summary(operation) + ")");
    throw;
  }
}

}  // namespace dbctl::migrate
