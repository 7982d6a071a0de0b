#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/clock.hpp"
#include "duration.hpp"

namespace dbctl::cli {
namespace {

using namespace std::chrono_literals;

/// `ping` connects once, `wait` until it works or its time is over: the same with another patience.
class Ping : public Command {
 public:
  explicit Ping(std::chrono::milliseconds patience) : patience_(patience) {}

 private:
  void declare(Arguments&) override {}

  Exit run(Context& context) override {
    const auto& options = context.options();
    const auto& driver = context.driver();
    context.require_file();
    const Stopwatch watch;
    driver::ConnectionInfo info;
    context.wait_for(context.globals.wait.value_or(patience_), [&] { info = driver.connect(options)->info(); });
    const auto took = watch.milliseconds();
    context.out.say(
        fmt::format("{} answers: {}, {}.", context.target(), printable(info.server), format_duration(took)));
    context.out.document(
        {{"database", context.target()}, {"server", info.server}, {"tls", info.tls}, {"duration_ms", took}});
    return Exit::done;
  }

  std::chrono::milliseconds patience_;
};

}  // namespace

std::unique_ptr<Command> make_ping() {
  return std::make_unique<Ping>(0ms);
}

std::unique_ptr<Command> make_wait() {
  return std::make_unique<Ping>(60s);
}

}  // namespace dbctl::cli
