#pragma once
#include <cstdio>
#include <functional>
#include <memory>
#include <string>

#include <sys/types.h>

namespace dbctl::proof {

/// How a process ended.
struct Ending {
  enum class Kind : unsigned char {
    done,
    failed,  ///< it reported an error
    killed,  ///< by SIGKILL
    died     ///< otherwise: another signal, or without a word
  };
  Kind kind = Kind::done;
  std::string output = {};  ///< all that it wrote
};

/// This process once more, by a fork without exec, doing one piece of work. Nobody arms it from outside: what it does
/// is what the parent's code says. The parent has no thread and no open connection when it makes one.
class Child {
 public:
  /// `work` runs in the child alone; an Error that it throws is how it fails. What it prints is kept.
  explicit Child(const std::function<void()>& work);
  ~Child();  ///< ends it, unless it was waited for
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;

  Ending wait();

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> output_;
  pid_t process_ = -1;
};

inline Ending in_child(const std::function<void()>& work) {
  return Child(work).wait();
}

/// Runs a command line without a shell: words are separated by blanks, '…' and "…" keep them together. Throws Error
/// (proof_impossible) with what it printed when it does not end with 0.
void run_command(const std::string& line, const std::string& purpose);

}  // namespace dbctl::proof
