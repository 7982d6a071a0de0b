#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace dbctl::cli {

/// One line at the bottom of the terminal, drawn again with the elapsed time while a statement runs. The drawing thread
/// touches nothing but its text and stderr.
class LiveLine {
 public:
  LiveLine();
  ~LiveLine();
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;

  /// Empty: the line is removed before this returns.
  void show(const std::string& text);

 private:
  void draw();
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string text_;
  std::chrono::steady_clock::time_point since_;
  bool drawn_ = false;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace dbctl::cli
