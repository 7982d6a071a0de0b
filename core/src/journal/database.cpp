#include "dbctl/journal/database.hpp"

#include <algorithm>
#include <thread>

#include "dbctl/base/codes.hpp"

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

State Database::read() {
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

/// A database in this process needs no second session for its lock; a server's lock lives in one of its own, so that
/// waiting for it never holds up what the work session does.
struct Database::Lock::Held {
  std::unique_ptr<driver::Connection> own;
  driver::Connection* session = nullptr;

  ~Held() {
    if (session != nullptr) session->unlock();
  }
};
Database::Lock::Lock(std::unique_ptr<Held> held) : held_(std::move(held)) {}
Database::Lock::~Lock() = default;
Database::Lock::Lock(Lock&&) noexcept = default;

Database::Lock Database::lock(Waiting& observer) {
  using namespace std::chrono;
  auto held = std::make_unique<Lock::Held>();
  driver::Connection* session = parts_->connection.get();
  if (!parts_->driver.info().capabilities.in_process) {
    held->own = parts_->driver.connect(parts_->options);
    session = held->own.get();
  }
  const std::string name = "dbctl:" + parts_->driver.database_name(parts_->options);
  const auto start = steady_clock::now();
  auto told = start - seconds(1);
  while (!session->try_lock(name)) {
    const auto holder = session->lock_holder(name);
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
  held->session = session;
  return Lock(std::move(held));
}

}  // namespace dbctl::journal
