#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/journal/journal.hpp"
#include "dbctl/schema/fold.hpp"
#include "dbctl/sql/dialect.hpp"

/// Planning is pure: every statement, group and hazard is known before anything is sent, offline and online alike.
namespace dbctl::migrate {

using journal::Direction;

/// How it is found out, after a crash in it or an error of it, whether a statement took effect that commits by itself.
struct Proof {
  enum class Kind : std::uint8_t {
    none,        ///< nothing needs to tell: it commits together with its record
    model,       ///< the tables are as the model is before the operation, or as it is after it
    definition,  ///< the objects named are defined as before, or otherwise
    identity,    ///< the objects named are the same as before, or other ones
    repeatable,  ///< no matter: a second run changes nothing
    condition    ///< a query tells
  };
  /// A table before and after: SHA-256 of its canonical text as the database stores it; empty: it is not there.
  struct Model {
    std::string table, before, after;
  };
  Kind kind = Kind::none;
  std::vector<std::string> objects = {};  ///< whose definition and identity is kept before it is sent
  std::vector<Model> models = {};
  std::vector<std::pair<std::string, std::string>> renames = {};  ///< from, to, in this order
  std::string condition = {};
  bool done_when_empty = false;  ///< the condition's query returns no row once the statement took effect
};

struct PlannedStatement {
  std::int64_t number = 0;  ///< within its migration and direction, from 1
  sql::Step step;
  std::string operation;  ///< schema::summary of the operation it belongs to
  std::string hash;       ///< SHA-256 of text and parameters
  /// The models of the tables that the operation remakes, before it: compared with the database's own description
  /// before the operation's first statement.
  std::vector<schema::Table> rebuilds = {};
  std::string drops = {};  ///< the table that is gone after it, and what was seeded there with it
  bool raw = false;        ///< the author's own SQL
  Proof proof = {};        ///< of what commits by itself, and of raw SQL that its author calls repeatable
  bool replayed = false;   ///< it sets up the session: sent again when another session goes on after it
  bool brief = false;      ///< it touches only tables that its own transaction made: several are sent together
};

/// What commits as one.
struct Group {
  enum class Kind : std::uint8_t {
    transaction,
    alone,    ///< one statement that commits by itself or must not be in a transaction
    backfill  ///< one backfill; each batch is a transaction
  };
  Kind kind = Kind::transaction;
  bool suspend_foreign_keys = false;
  std::vector<PlannedStatement> statements;
  std::optional<schema::Backfill> backfill = {};
  std::optional<schema::Table> backfilled = {};  ///< the model of its table
};

struct PlannedMigration {
  std::string domain, version, name, file;
  Direction direction = Direction::up;
  std::string checksum;
  std::vector<Group> groups;
  std::vector<std::string> notes;   ///< differences a person should know
  std::vector<std::string> losses;  ///< what the down cannot bring back
  std::string halted = {};          ///< of a rollback of what is half applied: see journal::Progress

  std::string id() const { return version + "_" + name; }
  DBCTL_API std::int64_t statements() const;
};

/// What undoes one migration that is planned up: kept in the ledger once that is applied.
struct Reversal {
  const catalog::Migration* migration = nullptr;  ///< of the catalog that was planned from
  std::vector<schema::Operation> operations;      ///< as written, or derived from the model before it
  schema::Schema after;                           ///< the model to start from
};

struct Plan {
  std::vector<PlannedMigration> migrations;
  std::vector<Reversal> reversals;  ///< of a plan up: one for each migration
  schema::Schema before;            ///< the model of what is applied now
  schema::Schema after;
};

/// The database a plan is for.
struct Target {
  const sql::Dialect* dialect = nullptr;
  std::vector<std::string> names;  ///< what on(...) must say to mean it
  std::vector<std::string> known;  ///< all that on(...) may say anywhere; empty: not checked
};

enum class OutOfOrder : std::uint8_t { fail, apply };

struct UpRequest {
  std::optional<std::string> to = {};  ///< version or name, inclusive
  std::optional<std::size_t> steps = {};
  OutOfOrder out_of_order = OutOfOrder::fail;
  std::string domain = {};  ///< only this domain's; empty: all
};
struct DownRequest {
  std::optional<std::string> to = {};  ///< version or name that stays applied
  std::size_t steps = 1;
  bool batch = false;  ///< the last run's migrations
  bool all = false;
  std::string domain = {};
};

/// SHA-256 of a migration's canonical operations, up and down.
DBCTL_API std::string checksum(const catalog::Body& body);

/// What `migrate` would run. Throws Error: journal_missing, journal_interrupted, journal_out_of_order,
/// catalog_unknown_driver, schema_invalid, schema_irreversible (a down that is not written and cannot be derived),
/// Unsupported …, each naming the migration's file.
DBCTL_API Plan plan_up(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                       const UpRequest& request = {});
/// What `rollback` would run, newest first. `stored` has what the ledger keeps of migrations that the catalog does not
/// have: those go as they were planned when they were applied, if everything newer goes before them. Throws Error as
/// plan_up does; journal_missing where an unknown one has nothing stored, or would stay below what is rolled back.
DBCTL_API Plan plan_down(const catalog::Catalog& catalog, const journal::State& state, const Target& target,
                         const DownRequest& request = {}, const std::vector<journal::Reverse>& stored = {});

/// The model after the given migrations, or after all of the catalog's.
DBCTL_API schema::Schema fold(const catalog::Catalog& catalog, const Target& target);
DBCTL_API schema::Schema fold(const catalog::Catalog& catalog, const journal::State& state, const Target& target);

/// The plan as an SQL script with comments for groups, hazards and notes; runnable by the database's own client.
DBCTL_API std::string to_sql(const Plan& plan, const Target& target);

}  // namespace dbctl::migrate
