#pragma once
#include <string>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/journal/database.hpp"
#include "dbctl/schema/model.hpp"

/// Seeders: a dependency graph, rows found again by natural key, a ledger that tells an edit by a user from an older
/// seed. A second run changes nothing.
namespace dbctl::seed {

struct Request {
  std::vector<std::string> only = {};  ///< names; empty: all. Their dependencies come along
  bool with_dependencies = true;       ///< false (--no-deps): those of `only` must have been seeded before
  bool force = false;                  ///< overwrite rows that a user has edited
  bool dry_run = false;                ///< everything but the commit
  std::string domain = {};             ///< only this domain's, with what they depend on; empty: all
  bool protect = false;                ///< only seeders that are essential or named in `only`
};

enum class SeederState : std::uint8_t { seeded, unchanged, skipped };

struct SeederResult {
  std::string name;
  SeederState state = SeederState::seeded;
  std::int64_t inserted = 0, updated = 0, unchanged = 0, kept = 0;
  std::vector<std::string> kept_rows = {};  ///< natural keys of rows that a user has edited, at most 10
  std::string reason = {};                  ///< why it was skipped
};

struct Outcome {
  std::vector<SeederResult> seeders;  ///< in the order they ran
  std::int64_t inserted = 0, updated = 0, unchanged = 0, kept = 0;
  std::int64_t duration_ms = 0;
};

/// What `--list` and `--status` show; pure.
struct Node {
  std::string name, domain, file;
  std::vector<std::string> after;
  std::vector<std::string> tables;
  bool essential = false;
};

/// The seeders that `request` selects, dependencies first, otherwise by name. Throws Error: seed_unknown (with a
/// did-you-mean), seed_cycle (showing the circle), policy_essential, usage (no dependencies of no `only`).
DBCTL_API std::vector<Node> order(const catalog::Catalog& catalog, const Request& request);

/// Everything that can be known of the seeders without a database: names, circles, tables and columns, values and their
/// types, keys, and that no essential seeder depends on one that is not. `schema` is the model after all migrations.
/// Throws Error: what `order` throws, seed_data, seed_lookup, seed_essential. Returns how many there are.
DBCTL_API std::size_t validate(const catalog::Catalog& catalog, const schema::Schema& schema);

/// Tells which seeder is at work.
class DBCTL_API Observer : public journal::Waiting {
 public:
  ~Observer() override;
  virtual void started(const std::string& seeder, std::size_t rows) = 0;
  virtual void finished(const SeederResult& result) = 0;
};

/// Runs them, each seeder in a transaction of its own together with its ledger rows. Throws Error naming seeder, row
/// and file; the seeders before stay.
DBCTL_API Outcome run(journal::Database& database, const catalog::Catalog& catalog, const schema::Schema& schema,
                      const Request& request, Observer& observer);

}  // namespace dbctl::seed
