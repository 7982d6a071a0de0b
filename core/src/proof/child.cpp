#include "proof/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::proof {
namespace {

constexpr int reported = 3;  ///< the child's exit code after an error that it wrote down

[[noreturn]] void refuse(const std::string& what, int error) {
  throw Error(codes::proof_impossible, {.summary = what, .why = std::strerror(error)});
}

void write_all(const std::string& text) {
  std::size_t from = 0;
  while (from < text.size()) {
    const auto n = ::write(STDOUT_FILENO, text.data() + from, text.size() - from);
    if (n < 0 && errno != EINTR) return;  // the exit code still tells
    if (n > 0) from += static_cast<std::size_t>(n);
  }
}

std::string report_of(const Error& error) {
  const auto& d = error.details();
  std::string out = std::string(error.code().id) + ": " + d.summary + "\n";
  if (!d.where.empty()) out += "at " + d.where + "\n";
  if (!d.why.empty()) out += d.why + "\n";
  return out;
}

/// The child's whole life.
[[noreturn]] void live(const std::function<void()>& work, pid_t parent, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(reported);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  try {
    work();
    ::_exit(0);
  } catch (const Error& error) {
    write_all(report_of(error));
  } catch (const std::exception& error) {
    write_all(std::string(error.what()) + "\n");
  }
  ::_exit(reported);
}

std::string read_all(std::FILE* file) {
  std::string text;
  std::rewind(file);
  char part[4096];
  while (const auto n = std::fread(part, 1, sizeof part, file)) text.append(part, n);
  return text;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  bool open = false;
  char quote = '\0';
  for (const char c : line) {
    const bool blank = c == ' ' || c == '\t';
    if (quote != '\0' ? c == quote : (c == '\'' || c == '"')) {
      quote = quote == '\0' ? c : '\0';
      if (!open) words.emplace_back();
      open = true;
    } else if (quote == '\0' && blank) {
      open = false;
    } else {
      if (!open) words.emplace_back();
      open = true;
      words.back() += c;
    }
  }
  return words;
}

}  // namespace

Child::Child(const std::function<void()>& work) : output_(std::tmpfile()) {
  if (!output_) refuse("a temporary file cannot be made", errno);
  std::fflush(nullptr);  // or the child would have it to write, too
  const auto parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) refuse("the process cannot be doubled", errno);
  if (process_ == 0) live(work, parent, ::fileno(output_.get()));
}

Child::Child(Child&& other) noexcept : output_(std::move(other.output_)), process_(std::exchange(other.process_, -1)) {}

Child::~Child() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
}

Ending Child::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0)
    if (errno != EINTR) refuse("a process that was begun cannot be waited for", errno);
  process_ = -1;
  Ending ending{.output = read_all(output_.get())};
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    ending.kind = Ending::Kind::done;
  else if (WIFEXITED(status) && WEXITSTATUS(status) == reported)
    ending.kind = Ending::Kind::failed;
  else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    ending.kind = Ending::Kind::killed;
  else
    ending.kind = Ending::Kind::died;
  return ending;
}

void run_command(const std::string& line, const std::string& purpose) {
  const auto words = words_of(line);
  const auto ending = in_child([&] {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    if (words.empty()) refuse("the command is empty", EINVAL);
    ::execvp(arguments[0], arguments.data());
    refuse(words[0] + " cannot be run", errno);
  });
  if (ending.kind == Ending::Kind::done) return;
  throw Error(codes::proof_impossible, {.summary = "the environment's command to " + purpose + " failed",
                                        .where = line,
                                        .why = std::string(text::trim(ending.output)),
                                        .next = {"run it by hand in the project's folder, and mend it there"}});
}

}  // namespace dbctl::proof
