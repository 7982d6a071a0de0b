#include "dbctl/journal/database.hpp"

#include <utility>

#include "dbctl/base/codes.hpp"
#include "journal/keeping.hpp"
#include "journal/lease.hpp"
#include "journal/transaction.hpp"

namespace dbctl::journal {

struct Database::Parts {
  Parts(const driver::Driver& d, const driver::Options& o, Settings s)
      : driver(d),
        options(o),
        settings(std::move(s)),
        connection(driver.connect(options)),
        dialect(driver.dialect(connection.server())),
        journal(connection, dialect) {
    if (settings.statement_timeout.count() > 0) connection.set_statement_timeout(settings.statement_timeout);
  }

  /// How long the lease is; empty: a session lock does. One run with a lease makes all later ones on this database
  /// take it: two of different kinds would not see each other.
  std::optional<std::chrono::milliseconds> lease() {
    if (driver.info().capabilities.stores_nothing) return std::nullopt;
    if (settings.lease) return settings.lease;
    if (!connection.trusts_session_locks() || LeaseRows(connection, dialect).are_there()) return default_lease;
    return std::nullopt;
  }
  /// Throws Error (environment_stamp).
  State checked(State state) const;
  /// Throws Error (journal_interrupted).
  void check_finished(const State& state) const;
  Ground ground() { return {driver, options, settings, connection, dialect}; }

  const driver::Driver& driver;
  driver::Options options;
  Settings settings;
  FencedConnection connection;
  const sql::Dialect& dialect;
  Journal journal;
  std::unique_ptr<Keeping> keeping = {};
  std::string last_read = {};  ///< the uuid of the database, as it was when it was read; empty: not read, or none
  int locks = 0;               ///< how often it is held
  std::string settled = {};    ///< the database, by its uuid, in which no session of an earlier run is at work any more
};

Database::Database(const driver::Driver& driver, const driver::Options& options, Settings settings)
    : parts_(std::make_unique<Parts>(driver, options, std::move(settings))) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;

driver::Connection& Database::connection() {
  return parts_->connection;
}
const sql::Dialect& Database::dialect() const {
  return parts_->dialect;
}
Journal& Database::journal() {
  return parts_->journal;
}
const driver::Driver& Database::driver() const {
  return parts_->driver;
}
const driver::Options& Database::options() const {
  return parts_->options;
}
const Settings& Database::settings() const {
  return parts_->settings;
}

std::vector<std::string> Database::target_names() const {
  std::vector<std::string> names{parts_->driver.info().name};
  const auto& product = parts_->connection.server().product;
  if (product != names.front()) names.push_back(product);
  return names;
}

State Database::Parts::checked(State state) const {
  const auto& mine = settings.environment;
  const auto stamp = state.meta.find(std::string(meta::environment));
  if (!mine.empty() && stamp != state.meta.end() && stamp->second != mine)
    throw Error(codes::environment_stamp,
                {.summary = "this database belongs to environment \"" + stamp->second + "\", not to \"" + mine + "\"",
                 .where = driver.target(options),
                 .next = {"dbctl env show --env " + mine, "use --env " + stamp->second}});
  return state;
}

void Database::Parts::check_finished(const State& state) const {
  if (state.meta.contains(std::string(meta::emptying)))
    throw Error(codes::journal_interrupted,
                {.summary = "this database is half emptied: `dbctl fresh` was interrupted",
                 .where = driver.target(options),
                 .why = "some of what migrations made is gone, and the ledger still lists all of it",
                 .next = {"finish it, and apply all migrations: dbctl fresh", "or drop the database: dbctl drop"}});
}

State Database::read_unfinished() {
  auto state = parts_->checked(parts_->journal.read());
  const auto uuid = state.meta.find(std::string(meta::database));
  parts_->last_read = uuid == state.meta.end() ? std::string() : uuid->second;
  return state;
}

State Database::read() {
  auto state = read_unfinished();
  parts_->check_finished(state);
  return state;
}

namespace {

/// What of the stamp differs from what the settings say: keys of meta and their values.
std::map<std::string, std::string> unstamped(const Settings& settings, const State& state) {
  std::map<std::string, std::string> out;
  if (settings.environment.empty()) return out;
  out.emplace(meta::environment, settings.environment);
  out.emplace(meta::protect, settings.protect ? "true" : "false");
  std::erase_if(out, [&](const auto& wanted) {
    const auto there = state.meta.find(wanted.first);
    return there != state.meta.end() && there->second == wanted.second;
  });
  return out;
}

}  // namespace

bool Database::is_stamped(const State& state) const {
  return unstamped(parts_->settings, state).empty();
}

void Database::stamp(State& state) {
  const auto wanted = unstamped(parts_->settings, state);
  if (wanted.empty()) return;
  Transaction transaction(parts_->connection);
  for (const auto& [key, value] : wanted) parts_->journal.set_meta(key, value);
  transaction.commit();
  for (const auto& [key, value] : wanted) state.meta[key] = value;
}

namespace {

/// A uuid that was just given is in nobody's lock.
class Silent final : public Waiting {
 public:
  void waiting(const std::string&) override {}
};

}  // namespace

State Database::make_journal() {
  auto& parts = *parts_;
  parts.journal.create();
  auto state = parts.checked(parts.journal.identify());
  const auto& uuid = state.meta.at(std::string(meta::database));
  Silent nobody;
  if (parts.keeping && parts.settled != uuid) parts.keeping->settle(uuid, nobody);
  parts.settled = uuid;
  return state;
}

State Database::prepare() {
  auto state = make_journal();
  parts_->check_finished(state);
  stamp(state);
  return state;
}

Database::Lock::Lock(Parts& parts) : parts_(&parts) {
  ++parts.locks;
}
Database::Lock::Lock(Lock&& other) noexcept : parts_(std::exchange(other.parts_, nullptr)) {}
Database::Lock::~Lock() {
  if (parts_ != nullptr && --parts_->locks == 0) parts_->keeping.reset();
}

Database::Lock Database::lock(Waiting& observer) {
  auto& parts = *parts_;
  if (parts.locks > 0) return Lock(parts);
  const auto lease = parts.lease();
  parts.keeping = lease ? keep_by_lease(parts.ground(), *lease, observer) : keep_by_session(parts.ground(), observer);
  Lock lock(parts);
  parts.settled = parts.last_read.empty() ? parts.journal.identity() : parts.last_read;
  if (!parts.settled.empty()) parts.keeping->settle(parts.settled, observer);
  return lock;
}

void Database::check_lock() {
  if (parts_->keeping) parts_->keeping->check();
}

bool Database::pooled() {
  auto& connection = parts_->connection;
  return !connection.trusts_session_locks() && connection.session().id.empty();
}

}  // namespace dbctl::journal
