#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "dbctl/driver/driver.hpp"

namespace dbctl::journal {

/// Shows that the holder of a lease lives, on a session of its own that its thread alone uses.
class Heartbeat {
 public:
  /// Driver, options and dialect must outlive it.
  Heartbeat(const driver::Driver& driver, const driver::Options& options, const sql::Dialect& dialect,
            std::int64_t token, std::chrono::milliseconds period);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// Another has the lease by now.
  bool overtaken() const noexcept { return overtaken_; }

 private:
  void run();
  /// False when it is time to end.
  bool pause();

  const driver::Driver& driver_;
  const driver::Options& options_;
  const sql::Dialect& dialect_;
  const std::int64_t token_;
  const std::chrono::milliseconds period_;
  std::atomic<bool> overtaken_ = false;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace dbctl::journal
