#include "dbctl/journal/database.hpp"

#include <thread>
#include <utility>

#include "dbctl/base/codes.hpp"
#include "journal/transaction.hpp"

namespace dbctl::journal {

Waiting::~Waiting() = default;

struct Database::Parts {
  Parts(const driver::Driver& d, const driver::Options& o, Settings s)
      : driver(d),
        options(o),
        settings(std::move(s)),
        connection(driver.connect(options)),
        dialect(driver.dialect(connection->server())),
        journal(*connection, dialect) {
    if (settings.statement_timeout.count() > 0) connection->set_statement_timeout(settings.statement_timeout);
  }

  const driver::Driver& driver;
  driver::Options options;
  Settings settings;
  std::unique_ptr<driver::Connection> connection;
  const sql::Dialect& dialect;
  Journal journal;
  /// A database in this process needs no second session for its lock; a server's lock lives in one of its own, so that
  /// waiting for it never holds up what the work session does.
  std::unique_ptr<driver::Connection> lock_session = {};
  std::string lock_name = {};
  int locks = 0;  ///< how often it is held

  driver::Connection& locking() { return lock_session ? *lock_session : *connection; }
};

Database::Database(const driver::Driver& driver, const driver::Options& options, Settings settings)
    : parts_(std::make_unique<Parts>(driver, options, std::move(settings))) {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;

driver::Connection& Database::connection() {
  return *parts_->connection;
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
  const auto& product = parts_->connection->server().product;
  if (product != names.front()) names.push_back(product);
  return names;
}

State Database::read_unfinished() {
  auto state = parts_->journal.read();
  const auto& mine = parts_->settings.environment;
  const auto stamp = state.meta.find(std::string(meta::environment));
  if (!mine.empty() && stamp != state.meta.end() && stamp->second != mine)
    throw Error(codes::environment_stamp,
                {.summary = "this database belongs to environment \"" + stamp->second + "\", not to \"" + mine + "\"",
                 .where = parts_->driver.target(parts_->options),
                 .next = {"dbctl env show --env " + mine, "use --env " + stamp->second}});
  return state;
}

State Database::read() {
  auto state = read_unfinished();
  if (state.meta.contains(std::string(meta::emptying)))
    throw Error(codes::journal_interrupted,
                {.summary = "this database is half emptied: `dbctl fresh` was interrupted",
                 .where = parts_->driver.target(parts_->options),
                 .why = "some of what migrations made is gone, and the ledger still lists all of it",
                 .next = {"finish it, and apply all migrations: dbctl fresh", "or drop the database: dbctl drop"}});
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
  Transaction transaction(*parts_->connection);
  for (const auto& [key, value] : wanted) parts_->journal.set_meta(key, value);
  transaction.commit();
  for (const auto& [key, value] : wanted) state.meta[key] = value;
}

State Database::prepare() {
  parts_->journal.create();
  parts_->journal.identify();
  auto state = read();
  stamp(state);
  return state;
}

Database::Lock::Lock(Parts& parts) : parts_(&parts) {
  ++parts.locks;
}
Database::Lock::Lock(Lock&& other) noexcept : parts_(std::exchange(other.parts_, nullptr)) {}
Database::Lock::~Lock() {
  if (parts_ == nullptr || --parts_->locks > 0) return;
  parts_->locking().unlock();
  parts_->lock_session.reset();
}

Database::Lock Database::lock(Waiting& observer) {
  using namespace std::chrono;
  if (parts_->locks > 0) return Lock(*parts_);
  std::unique_ptr<driver::Connection> own;
  if (!parts_->driver.info().capabilities.in_process) own = parts_->driver.connect(parts_->options);
  auto& session = own ? *own : *parts_->connection;
  const std::string name = "dbctl:" + parts_->driver.database_name(parts_->options);
  const auto start = steady_clock::now();
  auto told = start - seconds(1);
  while (!session.try_lock(name)) {
    const auto holder = session.lock_holder(name);
    const std::string who = holder ? holder->text : "another session";
    const auto now = steady_clock::now();
    if (now - start >= parts_->settings.lock_timeout)
      throw Error(codes::lock_timeout, {.summary = "another dbctl is at work on this database",
                                        .where = parts_->driver.target(parts_->options),
                                        .why = "the lock is held by " + who,
                                        .next = {"wait for it, or give more time with --lock-timeout 60s"}});
    if (now - told >= seconds(1)) {
      observer.waiting(who);
      told = now;
    }
    std::this_thread::sleep_for(milliseconds(100));
  }
  parts_->lock_session = std::move(own);
  parts_->lock_name = name;
  return Lock(*parts_);
}

/// A lock ends with its session, so that asking the server anything tells whether it is held still; the asking also
/// keeps the session from being idle for too long.
void Database::check_lock() {
  if (!parts_->lock_session) return;
  try {
    auto& session = *parts_->lock_session;
    const bool held = session.try_lock(parts_->lock_name);
    if (held && session.lock_holder(parts_->lock_name)) return;
  } catch (const Error& e) {
    if (e.code() != codes::connection_lost) throw;
  }
  throw Error(codes::lock_lost, {.summary = "the lock of this database was lost",
                                 .where = parts_->driver.target(parts_->options),
                                 .why = "the session that held it has ended; another dbctl may be at work by now",
                                 .next = {"dbctl status", "the same command again, which continues"}});
}

}  // namespace dbctl::journal
