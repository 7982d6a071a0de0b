#pragma once
#include <functional>
#include <memory>
#include <string>

#include "dbctl/journal/database.hpp"
#include "journal/fenced.hpp"

namespace dbctl::journal {

/// What is to be kept, and with what. All of it outlives the keeping.
struct Ground {
  const driver::Driver& driver;
  const driver::Options& options;
  const Settings& settings;
  FencedConnection& work;
  const sql::Dialect& dialect;

  std::string target() const { return driver.target(options); }
};

/// Keeps other runs out while it lives.
class Keeping {
 public:
  virtual ~Keeping();
  /// Throws Error (lock_lost) when it does so no longer.
  virtual void check() = 0;
  /// The database's uuid is known: waits until the server is done with what an earlier run sent. Throws Error
  /// (lock_work) when that takes too long.
  virtual void settle(const std::string& uuid, Waiting& observer) = 0;
};

/// By a lock that ends with its session. Throws Error (lock_timeout).
std::unique_ptr<Keeping> keep_by_session(const Ground& ground, Waiting& observer);
/// By a lease that the holder renews. Throws Error (lock_timeout or lock_takeover).
std::unique_ptr<Keeping> keep_by_lease(const Ground& ground, std::chrono::milliseconds time, Waiting& observer);

/// Tries until it goes through; false when the time is up. Tells the observer about once a second who is in the way.
bool poll(std::chrono::milliseconds limit, Waiting& observer, const std::function<bool()>& attempt,
          const std::function<std::string()>& holder);

}  // namespace dbctl::journal
