#include "dbctl/proof/crash.hpp"

#include <algorithm>
#include <csignal>
#include <numeric>
#include <thread>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "proof/child.hpp"
#include "proof/points.hpp"

namespace dbctl::proof {
namespace {

using migrate::Direction;

constexpr std::int64_t longest_end_ms = 10'000;
constexpr auto longest_lock = std::chrono::seconds(5);

/// What one migration is known to do, from a run that nobody interrupted.
struct Course {
  std::size_t migration = 0;
  std::int64_t statements = 0;
  std::vector<Point> points;
  Fingerprint wanted;
  bool restores = true;  ///< a rollback that loses nothing, or no rollback
};

class Crash {
 public:
  Crash(const Subject& subject, const CrashRequest& request, const Tell& tell)
      : rig_(subject), request_(request), tell_(tell) {}

  CrashReport run() {
    check();
    rig_.build();
    auto order = rig_.selected(request_.migrations);
    if (request_.direction == Direction::down) std::reverse(order.begin(), order.end());
    std::vector<Course> courses;
    for (const auto n : order) courses.push_back(course_of(n));
    for (const auto& c : courses) report_.possible += c.points.size();
    choose();
    std::size_t ordinal = 0;
    for (const auto& c : courses) prove(c, ordinal);
    report_.notes.insert(report_.notes.end(), left_out_.begin(), left_out_.end());
    return std::move(report_);
  }

 private:
  void check() const {
    if (request_.kill == Kill::process || !rig_.subject().driver.info().capabilities.in_process) return;
    throw Error(codes::proof_impossible, {.summary = "there is no session or server to kill",
                                          .where = rig_.subject().driver.target(rig_.subject().options),
                                          .why = "the database works inside of dbctl",
                                          .next = {"dbctl test crash, which kills dbctl itself"}});
  }

  std::size_t before(std::size_t n) const { return request_.direction == Direction::up ? n : n + 1; }
  std::size_t after(std::size_t n) const { return request_.direction == Direction::up ? n + 1 : n; }

  Course course_of(std::size_t n) {
    rig_.reach(before(n));
    Recorder recorder;
    rig_.run(n, request_.direction, recorder);
    Course course{.migration = n, .statements = recorder.statements, .points = recorder.points, .wanted = rig_.print()};
    course.restores = difference(rig_.wanted(after(n)), course.wanted).lines.empty();
    rig_.is_at(after(n), course.restores);
    ++report_.migrations;
    report_.statements += recorder.statements;
    for (const auto& place : recorder.without)
      left_out_.insert("no point is in " + rig_.migration(n).id() + ", " + place);
    for (const auto& column : course.wanted.not_compared)
      left_out_.insert("not compared: " + column + ", the time of insertion");
    return course;
  }

  /// Of all points as many as asked for, the same each time: in steps that are near the golden section of all, so that
  /// they are spread evenly and yet never hit one kind of boundary alone, as every third or fourth would.
  void choose() {
    const auto all = report_.possible;
    const auto wanted = std::min(request_.points.value_or(all), all);
    auto step = std::max<std::size_t>(1, all * 618 / 1000);
    while (std::gcd(step, all) != 1) ++step;
    for (std::size_t i = 0; i < wanted; ++i) chosen_.insert(i * step % all);
  }

  void prove(const Course& course, std::size_t& ordinal) {
    const auto points = report_.points, identical = report_.identical;
    for (const auto& point : course.points)
      if (chosen_.contains(ordinal++)) try_point(course, point);
    tell_(rig_.migration(course.migration).id() + ": " + text::count(report_.points - points, "point") + ", " +
          std::to_string(report_.identical - identical) + " identical");
  }

  void try_point(const Course& course, const Point& point) {
    const auto n = course.migration;
    rig_.reach(before(n));
    rig_.is_at({});
    ++report_.points;
    const auto killed = in_child([&] { run_until(n, point); });
    if (request_.kill == Kill::server) run_command(request_.restart_command, "start the server again");
    if (request_.kill == Kill::server) rig_.wait_until_it_answers();
    Failure failure{.where = point.text(rig_.migration(n), course.statements), .lines = {}};
    if (!was_struck(killed, point)) {
      failure.lines = {"the run was not interrupted there"};
      tell_output(killed, failure);
    } else if (const auto again = in_child([&] { run_again(n); }); again.kind != Ending::Kind::done) {
      ++report_.by_hand;
      failure.lines = {"the same command again did not finish it"};
      tell_output(again, failure);
      tell_output(killed, failure);
    } else {
      ++report_.resumed;
      failure.lines = compare(course);
      if (!failure.lines.empty()) tell_output(killed, failure);
    }
    if (failure.lines.empty()) {
      ++report_.identical;
      rig_.is_at(after(n), course.restores);
    } else {
      report_.failures.push_back(std::move(failure));
    }
  }

  /// The child's: the run that ends at the point.
  void run_until(std::size_t n, const Point& point) const {
    auto database = rig_.open();
    const auto session = request_.kill == Kill::connection ? database.connection().session() : driver::SessionId{};
    Trigger trigger(point, [&] { strike(session); });
    Rig::run(database, rig_.subject(), n, request_.direction, trigger);
  }

  void strike(const driver::SessionId& session) const {
    switch (request_.kill) {
      case Kill::process:
        std::raise(SIGKILL);
        return;
      case Kill::connection:
        return end(session);
      case Kill::server:
        return run_command(request_.kill_command, "kill the server");
    }
  }

  void end(const driver::SessionId& session) const {
    const auto other = rig_.subject().driver.connect(rig_.subject().options);
    const Stopwatch watch;
    bool asked = other->end(session);
    while (asked && other->state_of(session).kind != driver::SessionState::Kind::gone) {
      if (watch.milliseconds() > longest_end_ms) asked = false;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    if (!asked)
      throw Error(codes::proof_impossible, {.summary = "the session that works cannot be ended from another one",
                                            .where = rig_.subject().driver.target(rig_.subject().options),
                                            .next = {"dbctl doctor tells what the user may"}});
  }

  /// At the very last boundary a run may be through before it notices.
  bool was_struck(const Ending& killed, const Point& point) const {
    if (request_.kill == Kill::process) return killed.kind == Ending::Kind::killed;
    if (killed.output.starts_with(codes::proof_impossible.id)) return false;
    return killed.kind == Ending::Kind::failed || (point.last && killed.kind == Ending::Kind::done);
  }

  void run_again(std::size_t n) const {
    auto database = rig_.open();
    Silent silent;
    Rig::run(database, rig_.subject(), n, request_.direction, silent);
  }

  /// What is not as after an uninterrupted run, a further run and the lock included.
  std::vector<std::string> compare(const Course& course) {
    auto settings = rig_.subject().settings;
    settings.lock_timeout = longest_lock;
    journal::Database database(rig_.subject().driver, rig_.subject().options, settings);
    const auto found = difference(course.wanted, fingerprint(database));
    for (const auto& table : found.counted)
      left_out_.insert("numbers that the database gives out differ in " + table + ": they count interrupted runs");
    auto lines = found.lines;
    try {
      Silent silent;
      const auto lock = database.lock(silent);
      const auto more = Rig::run(database, rig_.subject(), course.migration, request_.direction, silent);
      if (!more.migrations.empty()) lines.emplace_back("a further run was not without work");
    } catch (const Error& error) {
      lines.push_back("a further run failed: " + error.details().summary + "; " + error.details().why);
    }
    return lines;
  }

  static void tell_output(const Ending& ending, Failure& failure) {
    for (const auto& line : text::split(text::trim(ending.output), '\n'))
      if (!line.empty()) failure.lines.push_back(line);
  }

  Rig rig_;
  const CrashRequest& request_;
  const Tell& tell_;
  CrashReport report_;
  std::set<std::size_t> chosen_;  ///< counted through all courses
  std::set<std::string> left_out_;
};

}  // namespace

CrashReport crash(const Subject& subject, const CrashRequest& request, const Tell& tell) {
  return Crash(subject, request, tell).run();
}

}  // namespace dbctl::proof
