#include "dbctl/proof/lock.hpp"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "proof/child.hpp"
#include "proof/rig.hpp"

namespace dbctl::proof {
namespace {

constexpr std::chrono::seconds longest_turn{600}, longest_lock{5};
constexpr std::string_view sent = "sent ";

/// Prints each statement as it is sent, for the parent to count.
class Log : public Silent {
 public:
  void statement(const migrate::PlannedMigration& m, const migrate::PlannedStatement& s) override {
    std::printf("%s%s/%s, statement %lld\n", sent.data(), m.domain.c_str(), m.id().c_str(),
                static_cast<long long>(s.number));
    std::fflush(stdout);
  }
};

/// Where all wait until the last one is there: they read from a pipe that nobody writes to, until it is closed.
class Gate {
 public:
  Gate() {
    if (::pipe(ends_) != 0) throw Error(codes::proof_impossible, {.summary = "a pipe cannot be made"});
  }
  ~Gate() {
    for (const int end : ends_)
      if (end >= 0) ::close(end);
  }
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  void wait() {
    open();
    char none = 0;
    while (::read(ends_[0], &none, 1) < 0) continue;
  }
  void open() { ::close(std::exchange(ends_[1], -1)); }

 private:
  int ends_[2] = {-1, -1};
};

class Race {
 public:
  Race(const Subject& subject, const Tell& tell) : rig_(subject), tell_(tell) {}

  LockReport run(std::size_t runners) {
    rig_.build();
    const auto wanted = rig_.wanted(rig_.size());
    rig_.clear();
    tell_(text::count(runners, "runner") + " at once");
    report_.runners = runners;
    for (auto& ending : race(runners)) count(ending);
    for (const auto& [statement, times] : times_) {
      report_.statements += times;
      if (times > 1) fail(statement, {"sent " + text::count(static_cast<std::size_t>(times), "time")});
    }
    if (report_.applied != 1) fail("the runners", {text::count(report_.applied, "runner") + " applied migrations"});
    if (auto lines = difference(wanted, rig_.print()).lines; !lines.empty()) fail("the database", std::move(lines));
    check_lock();
    return std::move(report_);
  }

 private:
  std::vector<Ending> race(std::size_t runners) {
    Gate gate;
    std::vector<Child> children;
    for (std::size_t i = 0; i < runners; ++i)
      children.emplace_back([&] {
        gate.wait();
        migrate_all();
      });
    gate.open();
    std::vector<Ending> endings;
    for (auto& child : children) endings.push_back(child.wait());
    return endings;
  }

  void migrate_all() const {
    auto settings = rig_.subject().settings;
    settings.lock_timeout = longest_turn;
    const auto& subject = rig_.subject();
    journal::Database database(subject.driver, subject.options, settings);
    Log log;
    const auto outcome = migrate::migrate(database, subject.catalog, subject.known, {}, log);
    if (!outcome.migrations.empty() && outcome.migrations.size() != rig_.size())
      throw Error(codes::proof_impossible,
                  {.summary = "it applied " + text::count(outcome.migrations.size(), "migration") + " of " +
                              std::to_string(rig_.size())});
  }

  void count(const Ending& ending) {
    bool worked = false;
    std::vector<std::string> others;
    for (const auto& line : text::split(ending.output, '\n')) {
      if (line.starts_with(sent)) {
        worked = true;
        ++times_[line.substr(sent.size())];
      } else if (!line.empty()) {
        others.push_back(line);
      }
    }
    if (ending.kind != Ending::Kind::done) {
      ++report_.failed;
      fail("a runner", std::move(others));
    }
    if (worked)
      ++report_.applied;
    else if (ending.kind == Ending::Kind::done)
      ++report_.idle;
  }

  void check_lock() {
    auto settings = rig_.subject().settings;
    settings.lock_timeout = longest_lock;
    journal::Database database(rig_.subject().driver, rig_.subject().options, settings);
    Silent silent;
    try {
      database.lock(silent);
    } catch (const Error& error) {
      fail("the lock", {error.details().summary, error.details().why});
    }
  }

  void fail(const std::string& where, std::vector<std::string> lines) {
    report_.failures.push_back({.where = where, .lines = std::move(lines)});
  }

  Rig rig_;
  const Tell& tell_;
  LockReport report_;
  std::map<std::string, std::int64_t> times_;
};

}  // namespace

LockReport lock(const Subject& subject, std::size_t runners, const Tell& tell) {
  return Race(subject, tell).run(runners);
}

}  // namespace dbctl::proof
