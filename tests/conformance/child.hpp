#pragma once
#include <functional>
#include <string>

#include <sys/types.h>

namespace dbctl::conformance {

/// Another process, as another dbctl on the same database is one. It uses no connection of this process: what `work`
/// needs it opens, and nothing of the parent's is closed when it ends.
class Child {
 public:
  /// Its exit status is what `work` returns, or the exit code of the Error that it throws.
  explicit Child(const std::function<int()>& work);
  /// Kills it if it is there still.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// False when it ended instead.
  bool stops();
  void go_on();
  void kill();
  /// Its exit status, -1 when a signal ended it.
  int wait();

 private:
  pid_t process_;
  bool ended_ = false;
};

}  // namespace dbctl::conformance
