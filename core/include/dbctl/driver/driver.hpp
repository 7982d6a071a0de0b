#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/driver/observation.hpp"
#include "dbctl/driver/options.hpp"
#include "dbctl/schema/model.hpp"
#include "dbctl/sql/dialect.hpp"
#include "dbctl/value/statement.hpp"

/// What a driver plugin implements.
///
/// How to write one:
///  1. Copy `plugins/drivers/null`, rename it, add one line to `plugins/CMakeLists.txt` (outside the tree: use
///     `find_package(dbctl)` and `dbctl_add_driver`).
///  2. `driver.cpp`: fill DriverInfo: options with their variables and fallbacks, capabilities.
///  3. `dialect.*`: derive from sql::AnsiDialect and override what your database does otherwise. No client header here.
///  4. `connection.*`: one session. `errors.cpp`: every exception of the client library becomes a StatementError or an
///     Error with a connection code, in one function.
///  5. Run `dbctl-conformance --driver=NAME`: what you claim must work, what you do not claim must throw Unsupported.
///
/// Guidelines: a driver is dumb. It does not correct what it is given, does not read variables or files that are not in
/// its options, keeps no mutable statics, starts no threads, prints nothing, and never retries.
namespace dbctl::driver {

/// What the database can do. The conformance suite verifies each claim both ways.
struct Capabilities {
  bool transactional_ddl = false;
  bool create_database = false;  ///< Driver::create_database and drop_database
  bool session_lock = false;     ///< try_lock excludes other sessions, and ends with its session
  bool in_process = false;       ///< the database is a file or memory of this process, no server
  bool partial_index = false;
  bool expression_index = false;
  bool fulltext_index = false;
  bool descending_index = false;
  bool concurrent_index = false;
  bool generated_columns = false;
  bool alter_column = false;
  bool comments = false;         ///< stored and described
  bool drops_temporary = false;  ///< reset_session drops temporary tables; not where the database cannot list them
  bool stores_nothing = false;   ///< no database at all: statements are taken and forgotten, queries find no rows
};

struct DriverInfo {
  std::string name;                   ///< equals the plugin's
  std::string client;                 ///< the client library and its version
  std::vector<std::string> products;  ///< what on(...) may name besides the driver
  std::vector<std::string> schemes;   ///< what stands before :// in a URL
  std::vector<OptionSpec> options;
  Capabilities capabilities;
  sql::ServerInfo assumed;  ///< the server that offline plans are for unless `server:` says otherwise
};

/// Who holds a lock, for the waiters to show.
struct LockHolder {
  std::string text;  ///< "dbctl on build-7, pid 4711, user deploy, since 2024-01-15 09:00:00"
};

struct ConnectionInfo {
  std::string server;    ///< product and version, as the server says it
  std::string database;  ///< its own name
  std::string user;
  std::string tls;  ///< "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty: not encrypted
};

/// One thing that `dbctl doctor` looked at.
struct Finding {
  enum class Level : std::uint8_t { good, advice, problem };
  Level level = Level::good;
  std::string subject;  ///< "innodb_buffer_pool_size"
  std::string text;     ///< what was found, and what to do
};

/// Which tables to describe; empty: all of the connection's database and schema.
struct Scope {
  std::vector<std::string> tables = {};
};

/// One session, used by one thread at a time. The destructor closes it and never throws. Every function throws
/// StatementError for what the server reports, and Error (connection_lost) when the session is gone.
class DBCTL_API Connection {
 public:
  virtual ~Connection();

  virtual const sql::ServerInfo& server() const noexcept = 0;
  virtual ConnectionInfo info() = 0;

  /// Rows affected, 0 where that means nothing. Drains every result.
  virtual std::int64_t execute(const Statement& statement) = 0;
  /// All of them or none: in the transaction that is open, or by themselves. A driver whose server takes several in one
  /// message saves the ways between; another one has execute_in_turn do it.
  virtual void execute_all(const std::vector<Statement>& statements) = 0;
  virtual Rows query(const Statement& statement) = 0;
  /// One row at a time, for large results; the callback returns false to stop. It must not use the connection.
  virtual void each(const Statement& statement, const std::function<bool(const Row&)>& row) = 0;

  /// Opens a transaction that takes the write lock at once where the database has one. With `suspend_foreign_keys`
  /// the connection stops enforcing them, checks them all in `commit` (statement_expectation when one is broken, after
  /// a rollback) and enforces them again on every path; databases that cannot throw Unsupported.
  virtual void begin(bool suspend_foreign_keys = false) = 0;
  /// Commits. Throws Error (statement_stray_commit) when the transaction had been ended by a statement in between,
  /// and leaves no transaction open whatever happens.
  virtual void commit() = 0;
  /// Undoes; does nothing outside a transaction.
  virtual void rollback() = 0;
  virtual bool in_transaction() const = 0;

  /// Takes the lock of that name for the session, without waiting; true when this session holds it now. It may hold
  /// several; `unlock` gives up all of them.
  virtual bool try_lock(std::string_view name) = 0;
  virtual void unlock() noexcept = 0;
  /// Who has it; empty when nobody does or nobody can say.
  virtual std::optional<LockHolder> lock_holder(std::string_view name) = 0;
  /// False where a lock of try_lock does not keep everybody out: behind a pooler that gives each transaction another
  /// session, or in a cluster whose servers do not know each other's locks.
  virtual bool trusts_session_locks() = 0;

  /// What is there: tables in scope, with everything the model knows. Tables whose names begin with `dbctl_` are
  /// described like all others.
  virtual schema::Schema describe(const Scope& scope = {}) = 0;
  /// Names of all tables and views of the connection's database and schema.
  virtual std::vector<std::string> relations() = 0;
  /// What qualifies the name of a table of the connection's database and schema, so that it is found whatever a
  /// statement made the session's default; empty where names cannot be qualified.
  virtual std::string home() = 0;

  /// The objects that are there, by kind and name; those that are not there are left out. Never dbctl's own (names that
  /// begin with `dbctl_`), nor those of extensions and of the system.
  virtual std::vector<ObjectState> observe(const Objects& objects) = 0;
  /// Takes away what interrupted statements left behind and the database does not use, of the tables and indexes named,
  /// and ends what was begun and cannot be taken back (a partition that is half detached). Returns what was done, a
  /// line each. Outside a transaction.
  virtual std::vector<std::string> clean_up(const std::vector<std::string>& names) = 0;
  /// Tables whose rows a rollback does not bring back.
  virtual std::vector<std::string> not_transactional() = 0;

  /// This session's; empty where no session of the server is this connection's own for longer than a transaction.
  virtual SessionId session() = 0;
  virtual SessionState state_of(const SessionId& session) = 0;
  /// Ends another session, which may take a while to be gone; false when this user may not. Nothing to do is true.
  virtual bool end(const SessionId& session) = 0;
  /// Sessions other than this one that hold locks on the tables named, as far as this user can see.
  virtual std::vector<Blocker> blockers(const std::vector<std::string>& tables) = 0;

  /// Session variables, roles and search paths are as after connecting, and temporary tables are gone where
  /// `drops_temporary` is claimed. The session keeps its lock.
  virtual void reset_session() = 0;
  /// Statements longer than that are ended by the server; 0 is no limit.
  virtual void set_statement_timeout(std::chrono::milliseconds limit) = 0;
  /// Statements that wait longer than that for another session's lock fail (statement_busy with `lock_wait`), also
  /// after reset_session; 0 is the limit as after connecting. Not inside a transaction.
  virtual void set_lock_timeout(std::chrono::milliseconds limit) = 0;
  /// What is worth telling about the server's configuration and the user's rights.
  virtual std::vector<Finding> examine() = 0;
};

/// One after the other, in the transaction that is open or in one of their own.
DBCTL_API void execute_in_turn(Connection& connection, const std::vector<Statement>& statements);

/// Immutable after construction and shared between threads.
class DBCTL_API Driver {
 public:
  virtual ~Driver();

  virtual const DriverInfo& info() const noexcept = 0;
  /// The dialect for a server; lives as long as the driver. An empty product means `info().assumed`.
  virtual const sql::Dialect& dialect(const sql::ServerInfo& server) const = 0;
  /// Throws Error with a connection code. No message holds a secret.
  virtual std::unique_ptr<Connection> connect(const Options& options) const = 0;

  /// The name that --confirm must repeat: the configured database's; for files the stem.
  virtual std::string database_name(const Options& options) const = 0;
  /// "127.0.0.1:5432/shop as dbctl", "shop.db": for messages, without secrets.
  virtual std::string target(const Options& options) const = 0;
  /// Makes the configured database; false when it is there already.
  virtual bool create_database(const Options& options) const = 0;
  /// Drops it; false when there is none.
  virtual bool drop_database(const Options& options) const = 0;
};

}  // namespace dbctl::driver
