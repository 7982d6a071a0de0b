#include <algorithm>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "journal/heartbeat.hpp"
#include "journal/keeping.hpp"
#include "journal/lease.hpp"

namespace dbctl::journal {
namespace {

using namespace std::chrono;

constexpr seconds patience{10};  ///< for a session that was told to end

std::string in_seconds(milliseconds time) {
  return fmt::format("{:.3g} s", static_cast<double>(time.count()) / 1000);
}

/// One clock is never compared with another: a waiter watches for as long as the lease lasts, by its own, whether the
/// holder's counters move.
class LeaseLock final : public Keeping, private Fence {
 public:
  LeaseLock(const Ground& ground, milliseconds time, Waiting& observer)
      : ground_(ground), time_(time), rows_(ground.work.real(), ground.dialect) {
    rows_.make();
    seen_ = rows_.read();
    if (!poll(
            ground_.settings.lock_timeout, observer, [&] { return attempt(); }, [&] { return seen_.holder; }))
      throw Error(codes::lock_timeout,
                  {.summary = "another dbctl is at work on this database",
                   .where = ground_.target(),
                   .why = "the lease is held by " + seen_.holder + standing(),
                   .next = {fmt::format("wait for it, or give more time with --lock-timeout {}s",
                                        std::max<std::int64_t>(60, 2 * ceil<seconds>(time_).count()))}});
    ground_.work.set_fence(this);
    heartbeat_.emplace(ground_.driver, ground_.options, ground_.dialect, token_, time_ / 3);
  }

  ~LeaseLock() override {
    ground_.work.set_fence(nullptr);
    heartbeat_.reset();
    try {
      rows_.give_up(token_);
    } catch (const std::exception&) {
      // The session is gone. Nobody renews the lease any more, and its time will end it.
    }
  }

  void check() override {
    if (heartbeat_->overtaken()) overtaken(by_another_session());
  }

  /// Whoever takes a lease over has ended the sessions of the one before, and seen them gone.
  void settle(const std::string&, Waiting&) override {}

 private:
  bool attempt() {
    try {
      return take();
    } catch (const StatementError& error) {
      if (error.code() != codes::statement_busy) throw;
      return false;  // whoever writes to the file holds it
    }
  }

  bool take() {
    const auto now = rows_.read();
    if (now != seen_) {
      seen_ = now;
      since_ = steady_clock::now();
    }
    if (!seen_.holder.empty()) {
      if (steady_clock::now() - since_ < time_) return false;
      end_holder();
    }
    const auto& actor = ground_.settings.actor;
    const auto holder = fmt::format("dbctl on {}, pid {}, user {}, since {}", actor.host, ::getpid(), actor.user,
                                    utc_now().substr(0, 19));
    // A file's writes are all in transactions, which the token decides: there is no session to be ended.
    const bool in_process = ground_.driver.info().capabilities.in_process;
    if (!rows_.take(seen_, holder, in_process ? std::string() : ground_.work.session().id)) return false;
    token_ = seen_.token + 1;
    return true;
  }

  /// A token keeps the old holder from committing; what it has sent, or sends when it goes on, commits by itself. So
  /// its session must be gone first.
  void end_holder() {
    const driver::SessionId session{seen_.session};
    if (session.id.empty()) return;
    if (!ground_.work.end(session)) refuse("this user may not end its session");
    for (const auto start = steady_clock::now();; std::this_thread::sleep_for(milliseconds(100))) {
      const auto state = ground_.work.state_of(session);
      if (state.kind == driver::SessionState::Kind::gone) return;
      if (state.kind == driver::SessionState::Kind::hidden) refuse("this user may not see whether its session is gone");
      if (steady_clock::now() - start > patience)
        refuse("its session was told to end and is there still: " + state.text);
    }
  }

  [[noreturn]] void refuse(const std::string& why) {
    throw Error(codes::lock_takeover,
                {.summary = "the lock is held by a run that stands still, and cannot be taken over",
                 .where = ground_.target(),
                 .why = fmt::format("{} has not moved for {}, and {}", seen_.holder, in_seconds(time_), why),
                 .next = {"end that process on its host, or its session at the server, then the same command again",
                          "or run as a user that may do so"}});
  }

  std::string standing() const {
    const auto still = duration_cast<milliseconds>(steady_clock::now() - since_);
    return still < time_ / 2
               ? ""
               : fmt::format(", which has not moved for {} of its {}", in_seconds(still), in_seconds(time_));
  }

  void hold(driver::Connection& work) override {
    if (LeaseRows(work, ground_.dialect).renew(token_, ++writes_)) return;
    overtaken(LeaseRows(work, ground_.dialect).read());
  }

  void explain() override {
    const auto now = by_another_session();  // without it the database is out of reach: that is what there is to tell
    if (now && now->token != token_) overtaken(*now);
  }

  /// The one that works may have been ended.
  std::optional<LeaseState> by_another_session() const {
    try {
      const auto session = ground_.driver.connect(ground_.options);
      return LeaseRows(*session, ground_.dialect).read();
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  [[noreturn]] void overtaken(const std::optional<LeaseState>& now) const {
    const auto by = !now                  ? std::string("who it is cannot be asked")
                    : now->holder.empty() ? std::string("the other one is done by now")
                                          : "now it is " + now->holder;
    throw Error(codes::lock_lost,
                {.summary = "fenced off: another dbctl has taken over this database",
                 .where = ground_.target(),
                 .why = fmt::format("this run stood still for longer than its lease of {}; {}", in_seconds(time_), by),
                 .next = {"dbctl status", "the same command again, which continues"}});
  }

  Ground ground_;
  milliseconds time_;
  LeaseRows rows_;
  LeaseState seen_;
  steady_clock::time_point since_ = steady_clock::now();
  std::int64_t token_ = 0, writes_ = 0;
  std::optional<Heartbeat> heartbeat_;
};

}  // namespace

std::unique_ptr<Keeping> keep_by_lease(const Ground& ground, milliseconds time, Waiting& observer) {
  return std::make_unique<LeaseLock>(ground, time, observer);
}

}  // namespace dbctl::journal
