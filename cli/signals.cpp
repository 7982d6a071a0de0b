#include "signals.hpp"

#include <atomic>
#include <string_view>

#include <signal.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

std::atomic<int> came{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int number) {
  if (came.exchange(number) != 0) {
    signal(number, SIG_DFL);
    raise(number);
    return;
  }
  constexpr std::string_view text = "\nstopping after the statement that runs; again to stop at once\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace

StopSignals::StopSignals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;  // client libraries need not know
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

StopSignals::~StopSignals() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

int StopSignals::received() noexcept {
  return came.load();
}

void StopSignals::check() {
  if (came.load() == 0) return;
  throw Error(codes::stopped, {.summary = came.load() == SIGINT ? "stopped by SIGINT" : "stopped by SIGTERM",
                               .why = "nothing was sent after it",
                               .next = {"dbctl status", "the same command again, which continues"}});
}

}  // namespace dbctl::cli
