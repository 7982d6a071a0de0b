#pragma once

namespace dbctl::cli {

/// While it lives, the first SIGINT or SIGTERM only asks for an end, which comes at the next statement boundary; the
/// second ends the process at once. Without it signals do what they always do.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Throws Error (stopped) when a signal has come.
  static void check();
  /// The signal that came, or 0.
  static int received() noexcept;
};

}  // namespace dbctl::cli
