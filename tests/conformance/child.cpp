#include "conformance/child.hpp"

#include <csignal>
#include <cstdio>

#include <sys/wait.h>
#include <unistd.h>

#include "support/error_text.hpp"

namespace dbctl::conformance {

Child::Child(const std::function<int()>& work) {
  std::fflush(nullptr);
  process_ = ::fork();
  if (process_ != 0) return;
  int status = 1;
  try {
    status = work();
  } catch (const Error& error) {
    std::fprintf(stderr, "the other process: %s\n", test::whole_text(error).c_str());
    status = static_cast<int>(error.code().exit);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "the other process: %s\n", error.what());
  }
  ::_exit(status);
}

Child::~Child() {
  if (ended_) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

bool Child::stops() {
  int status = 0;
  ::waitpid(process_, &status, WUNTRACED);
  ended_ = !WIFSTOPPED(status);
  return !ended_;
}

void Child::go_on() {
  ::kill(process_, SIGCONT);
}

void Child::kill() {
  ::kill(process_, SIGKILL);
  wait();
}

int Child::wait() {
  if (ended_) return -1;
  int status = 0;
  ::waitpid(process_, &status, 0);
  ended_ = true;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace dbctl::conformance
