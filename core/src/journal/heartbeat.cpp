#include "journal/heartbeat.hpp"

#include <csignal>

#include "dbctl/base/codes.hpp"
#include "journal/lease.hpp"

namespace dbctl::journal {
namespace {

/// Signals are for the thread that works: it is the one that they interrupt in a wait.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_ = {};
};

}  // namespace

Heartbeat::Heartbeat(const driver::Driver& driver, const driver::Options& options, const sql::Dialect& dialect,
                     std::int64_t token, std::chrono::milliseconds period)
    : driver_(driver), options_(options), dialect_(dialect), token_(token), period_(period) {
  const SignalsBlocked blocked;  // the new thread begins with them blocked
  thread_ = std::thread([this] { run(); });
}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

bool Heartbeat::pause() {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, period_, [this] { return ending_; });
}

/// A beat that fails is no error: the next one may go through, and when none does others take over, which the work
/// session learns from its token.
void Heartbeat::run() {
  std::unique_ptr<driver::Connection> session;
  std::int64_t beats = 0;
  do {  // the first at once, so that the session is there when it is needed
    try {
      if (!session) session = driver_.connect(options_);
      if (LeaseRows(*session, dialect_).beat(token_, ++beats)) continue;
      overtaken_ = true;
      return;
    } catch (const StatementError&) {
      continue;  // the row is being written: another's takeover, or in a file everybody's turn
    } catch (const std::exception&) {
      session.reset();
    }
  } while (pause());
}

}  // namespace dbctl::journal
