#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dbctl/driver/driver.hpp"

/// dbctl's own tables in the user's database: what was applied, what is being applied, what was seeded, and the ledger
/// of all that happened. They are made and used through the model and the dialect; there is no SQL here.
namespace dbctl::journal {

/// dbctl_migrations: one row for each applied migration; a set, never a high-water mark.
struct Applied {
  std::string domain, version, name;
  std::string checksum;    ///< SHA-256 of the canonical operations
  std::int64_t batch = 0;  ///< the run that applied it, from 1
  std::string applied_at;  ///< UTC
  std::int64_t duration_ms = 0;
  bool operator==(const Applied&) const = default;
};

enum class Direction : std::uint8_t { up, down };

/// dbctl_progress: a migration that is under way. At most one row exists at any time.
struct Progress {
  std::string domain, version, name;
  Direction direction = Direction::up;
  std::int64_t done = 0;  ///< statements that have taken effect, counted from the migration's first
  bool intent = false;    ///< statement done + 1 was about to be sent, and nothing is known since
  std::int64_t batch = 0;
  std::string hashes;  ///< of the statements done and of the one under way, one line each
  std::string cursor;  ///< of a backfill, which is under way then: the last primary key done, as JSON
  /// What tells whether the intended statement took effect, as JSON; empty where nothing is intended.
  std::string evidence = {};
  /// Of a rollback of what was half applied: how far that was, as JSON; empty: all of it was applied.
  std::string halted = {};
  std::string started_at;
  bool operator==(const Progress&) const = default;
};

/// dbctl_history: append-only.
struct Event {
  std::string what;  ///< applied, reverted, failed, resumed, seeded, repaired, emptied
  std::string domain, version, name;
  std::string at;  ///< UTC
  std::int64_t duration_ms = 0;
  std::string who, host, dbctl_version;
  std::string detail;  ///< an error's summary, a repair's reason
  // The chain's part, given when it is written; see chain.hpp.
  std::int64_t number = 0;    ///< from 1, without gaps
  std::string previous = {};  ///< the hash of the one before it
  std::string hash = {};
};

/// The newest event: where the chain ends.
struct Head {
  std::int64_t number = 0;  ///< 0: nothing has happened yet
  std::string hash;
};

/// dbctl_reverses: how to roll back what is applied, also for a checkout that does not have it.
struct Reverse {
  std::string domain, version;
  std::string plan;  ///< JSON, see migrate/stored_plan.hpp
};

/// dbctl_seeds: one row for each row that a seeder has written.
struct Seeded {
  std::string seeder, table;
  std::string key;      ///< SHA-256 of the natural key
  std::string columns;  ///< those that were written, joined by commas
  std::string content;  ///< SHA-256 of their values
};

/// Everything that a command needs to know, read in a few queries.
struct State {
  std::map<std::string, std::string> meta;
  std::vector<Applied> applied;  ///< by version, then domain
  std::optional<Progress> progress;

  DBCTL_API bool is_applied(std::string_view domain, std::string_view version) const;
};

/// Keys of dbctl_meta.
namespace meta {
inline constexpr std::string_view format = "format";            ///< of these tables: "2"
inline constexpr std::string_view database = "database";        ///< a random uuid
inline constexpr std::string_view environment = "environment";  ///< the name it was stamped with
inline constexpr std::string_view protect = "protect";          ///< "true": as strict as a protected environment
inline constexpr std::string_view head = "head";                ///< of dbctl_history's chain, see chain.hpp
/// There while the database is being emptied in steps that commit by themselves: which reverses ran, one line each.
inline constexpr std::string_view emptying = "emptying";
/// Beside it: what tells whether the reverse that was under way took effect, see Progress::evidence.
inline constexpr std::string_view emptying_evidence = "emptying_evidence";
/// What of a domain's checksums was verified last: the build-id and a digest of the rows of dbctl_migrations.
DBCTL_API std::string build_of(std::string_view domain);
}  // namespace meta

/// Uses the connection for one call at a time; must not outlive it. Writes join the connection's open transaction, so
/// that a migration and its journal rows commit as one; without one each is a transaction of its own. The tables are
/// found whatever a migration's statements made the session's default schema or database.
class DBCTL_API Journal {
 public:
  Journal(driver::Connection& connection, const sql::Dialect& dialect);

  /// The names of dbctl's tables; everything else in a database is the user's.
  static const std::vector<std::string>& tables();
  static bool is_own(std::string_view table);

  /// Whether all of them are there.
  bool exists();
  /// Makes the tables that are missing. Throws Error (journal_format) when one is missing that would come back without
  /// what it knew.
  void create();
  /// Empty when there are no tables yet. Throws Error (journal_format) as `create` does, or when a newer dbctl made
  /// them.
  State read();
  std::vector<Event> history();

  void set_meta(std::string_view key, std::string_view value);
  void unset_meta(std::string_view key);
  /// After `create`: gives the database its uuid and the tables their format, once. Returns what is read then.
  State identify();
  /// The uuid; empty when the database has none yet.
  std::string identity();

  /// `reverse`: the rollback as text, kept for those who do not have the migration; empty: none.
  void applied(const Applied& row, std::string_view reverse = {});
  /// The rollback kept of what is applied; empty when there is none.
  std::optional<std::string> reverse(std::string_view domain, std::string_view version);
  /// Forgets the row and its rollback.
  void reverted(std::string_view domain, std::string_view version);
  void accept_checksum(std::string_view domain, std::string_view version, std::string_view checksum);
  /// The transaction in which this journal wrote the progress was committed.
  void committed() { progress_there_ = std::exchange(progress_next_, std::nullopt); }
  /// Inserts or replaces the one row of progress.
  void progress(const Progress& row);
  void clear_progress();
  /// All that ends a migration, as one message where the database takes that: what is applied now or, without one, no
  /// longer is, the event, and no progress. Inside a transaction.
  void finished(const std::optional<Applied>& applied, std::string_view reverse, const Event& event);
  /// Appends to the chain: number, previous and hash are given here. Under the lock and in a transaction.
  void event(const Event& row);

  /// Empty when the tables are missing.
  std::vector<Seeded> seeded(std::string_view seeder);
  void seeded(const std::vector<Seeded>& added, const std::vector<Seeded>& replaced);
  void forget_seeds(std::string_view table);
  /// Removes all rows but meta's identity and the history: the database is empty again.
  void forget_everything();

 private:
  /// What `read` does where the tables are.
  State contents();
  std::vector<const schema::Table*> missing();
  void check_parts(const std::vector<const schema::Table*>& missing);
  std::vector<Row> rows(const schema::Table& table, const std::optional<std::pair<std::string, Value>>& where,
                        const std::vector<std::string>& order);
  void insert(const schema::Table& table, const std::vector<Row>& rows);
  std::int64_t change(const schema::Table& table, const std::vector<std::string>& columns, const Row& values,
                      const std::vector<std::string>& keys, const Row& key_values);
  void remove(const schema::Table& table, const std::vector<std::string>& keys, const Row& key_values);
  /// Sends later, and all at once, what `f` inserts and removes.
  void together(const std::function<void()>& f);
  Head read_head();
  bool move_head(const Head& from, const Head& to);

  schema::Table placed(schema::Table table) const;
  void send(Statement statement);
  std::int64_t write(const Statement& statement);

  driver::Connection& connection_;
  const sql::Dialect& dialect_;
  std::optional<Head> head_;  ///< as this session wrote it last; a rollback may have undone that
  /// Whether its row is there, as far as this session has committed it; `progress_next_` when it commits.
  std::optional<bool> progress_there_, progress_next_;
  std::optional<std::vector<Statement>> later_;
  std::string home_;
};

}  // namespace dbctl::journal
