#include <thread>

#include "dbctl/base/codes.hpp"
#include "journal/keeping.hpp"

namespace dbctl::journal {

Waiting::~Waiting() = default;
Keeping::~Keeping() = default;

bool poll(std::chrono::milliseconds limit, Waiting& observer, const std::function<bool()>& attempt,
          const std::function<std::string()>& holder) {
  using namespace std::chrono;
  const auto start = steady_clock::now();
  auto told = start - seconds(1);
  while (!attempt()) {
    const auto now = steady_clock::now();
    if (now - start >= limit) return false;
    if (now - told >= seconds(1)) {
      observer.waiting(holder());
      told = now;
    }
    std::this_thread::sleep_for(milliseconds(100));
  }
  return true;
}

namespace {

std::string holder_of(driver::Connection& session, const std::string& name) {
  const auto holder = session.lock_holder(name);
  return holder ? holder->text : "another session";
}

/// A database in this process needs no second session for its lock; a server's lock lives in one of its own, so that
/// waiting for it never holds up what the work session does.
class SessionLock final : public Keeping {
 public:
  SessionLock(const Ground& ground, Waiting& observer)
      : ground_(ground), name_("dbctl:" + ground.driver.database_name(ground.options)) {
    if (!ground.driver.info().capabilities.in_process) own_ = ground.driver.connect(ground.options);
    if (poll(
            ground_.settings.lock_timeout, observer, [&] { return session().try_lock(name_); },
            [&] { return holder_of(session(), name_); }))
      return;
    throw Error(codes::lock_timeout, {.summary = "another dbctl is at work on this database",
                                      .where = ground_.target(),
                                      .why = "the lock is held by " + holder_of(session(), name_),
                                      .next = {"wait for it, or give more time with --lock-timeout 60s"}});
  }
  ~SessionLock() override {
    session().unlock();
    ground_.work.unlock();
  }

  /// A lock ends with its session, so that asking the server anything tells whether it is held still; the asking also
  /// keeps the session from being idle for too long.
  void check() override {
    if (!own_) return;
    try {
      own_->execute({.sql = "SELECT 1"});
      return;
    } catch (const Error& e) {
      if (e.code() != codes::connection_lost) throw;
    }
    throw Error(codes::lock_lost, {.summary = "the lock of this database was lost",
                                   .where = ground_.target(),
                                   .why = "the session that held it has ended; another dbctl may be at work by now",
                                   .next = {"dbctl status", "the same command again, which continues"}});
  }

  /// The session that works holds a lock too, and the server keeps that for as long as it runs what the session sent,
  /// also when the client was killed.
  void settle(const std::string& uuid, Waiting& observer) override {
    if (!own_) return;
    const auto name = "dbctl:work:" + uuid;
    const auto holder = [&] { return "a statement of an earlier run: " + holder_of(ground_.work, name); };
    if (poll(
            ground_.settings.lock_timeout, observer, [&] { return ground_.work.try_lock(name); }, holder))
      return;
    throw Error(codes::lock_work,
                {.summary = "a statement of an earlier run is still running",
                 .where = ground_.target(),
                 .why = "its client is gone, and the server is not done with it: " + holder_of(ground_.work, name),
                 .next = {"wait until it is done, or give more time with --lock-timeout 10m",
                          "or end that session at the server; the same command then continues"}});
  }

 private:
  driver::Connection& session() { return own_ ? *own_ : static_cast<driver::Connection&>(ground_.work); }

  Ground ground_;
  std::string name_;
  std::unique_ptr<driver::Connection> own_;
};

}  // namespace

std::unique_ptr<Keeping> keep_by_session(const Ground& ground, Waiting& observer) {
  return std::make_unique<SessionLock>(ground, observer);
}

}  // namespace dbctl::journal
