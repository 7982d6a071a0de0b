#include "child_process.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dbctl/base/text.hpp"
#include "signals.hpp"

extern char** environ;

namespace dbctl::cli {
namespace {

/// Until the other end is closed. A signal that asks this process to stop is passed on, once.
std::string read_all(int descriptor, pid_t process) {
  std::string text;
  std::array<char, 4096> part{};
  bool told = false;
  while (true) {
    pollfd waiting{.fd = descriptor, .events = POLLIN, .revents = 0};
    const int ready = poll(&waiting, 1, 200);
    if (StopSignals::received() != 0 && !std::exchange(told, true)) kill(process, SIGTERM);
    if (ready <= 0) continue;
    const auto n = read(descriptor, part.data(), part.size());
    if (n > 0) text.append(part.data(), static_cast<std::size_t>(n));
    if (n == 0 || (n < 0 && errno != EINTR)) return text;
  }
}

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// SIGTERM was sent to this process alone; SIGINT came from the terminal, to the child as well.
void pass_on(pid_t process, int signals) {
  signalfd_siginfo info{};
  if (read(signals, &info, sizeof info) != sizeof info) return;
  if (info.ssi_signo == SIGTERM || info.ssi_code == SI_USER) kill(process, static_cast<int>(info.ssi_signo));
  // Whoever asks next shall hear of it too: it is what ends this process.
  raise(static_cast<int>(info.ssi_signo));
}

/// How a program is started.
class Spawning {
 public:
  Spawning() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~Spawning() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  void no_input() { posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0); }
  void output_to(int descriptor) {
    posix_spawn_file_actions_adddup2(&actions_, descriptor, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, descriptor, STDERR_FILENO);
  }
  /// Signals that this process holds back reach the child.
  void hears_signals() {
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  /// The process, or the error's number, negative.
  pid_t start(const std::vector<std::string>& words, const std::vector<std::string>& variables) {
    std::vector<char*> arguments, environment;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    for (const auto& variable : variables) environment.push_back(const_cast<char*>(variable.c_str()));  // first wins
    for (char** variable = environ; *variable != nullptr; ++variable) environment.push_back(*variable);
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
    pid_t process = 0;
    const int problem =
        posix_spawnp(&process, arguments[0], &actions_, &attributes_, arguments.data(), environment.data());
    return problem == 0 ? process : -problem;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Finished run_program(const std::vector<std::string>& words) {
  std::array<int, 2> pipe_ends{};
  if (pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return {127, std::strerror(errno)};
  Spawning spawning;
  spawning.no_input();
  spawning.output_to(pipe_ends[1]);
  const auto process = spawning.start(words, {});
  close(pipe_ends[1]);
  Finished finished{127, {}};
  if (process > 0) {
    finished.output = read_all(pipe_ends[0], process);
    finished.status = wait_for(process);
  } else {
    finished.output = words.front() + ": " + std::strerror(-process);
  }
  close(pipe_ends[0]);
  return finished;
}

Interrupts::Interrupts() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

Interrupts::~Interrupts() {
  close(descriptor_);
}

bool Interrupts::came() const {
  pollfd waiting{.fd = descriptor_, .events = POLLIN, .revents = 0};
  return poll(&waiting, 1, 0) > 0;
}

int run_attached(const std::vector<std::string>& words, const std::vector<std::string>& variables,
                 const Interrupts& interrupts) {
  Spawning spawning;
  spawning.no_input();
  spawning.hears_signals();
  const auto process = spawning.start(words, variables);
  if (process < 0) return 127;
  const int ending = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
  std::array<pollfd, 2> waiting{{{ending, POLLIN, 0}, {interrupts.descriptor(), POLLIN, 0}}};
  while (poll(waiting.data(), waiting[1].fd < 0 ? 1 : 2, -1) < 0 && errno == EINTR) continue;
  if (waiting[0].revents == 0 && waiting[1].revents != 0) pass_on(process, interrupts.descriptor());
  close(ending);
  return wait_for(process);
}

bool has_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  for (const auto& folder : text::split(path == nullptr ? "" : path, ':'))
    if (!folder.empty() && access((std::filesystem::path(folder) / name).c_str(), X_OK) == 0) return true;
  return false;
}

}  // namespace dbctl::cli
