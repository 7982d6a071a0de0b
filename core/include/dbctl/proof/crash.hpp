#pragma once
#include <optional>

#include "dbctl/migrate/migrator.hpp"
#include "dbctl/proof/subject.hpp"

namespace dbctl::proof {

/// What ends at a kill point.
enum class Kill : std::uint8_t {
  process,     ///< dbctl itself, by SIGKILL
  connection,  ///< the session that works, ended from another one
  server       ///< the database, by the environment's own command
};

struct CrashRequest {
  Kill kill = Kill::process;
  migrate::Direction direction = migrate::Direction::up;
  std::vector<std::string> migrations = {};  ///< versions or names; empty: all
  std::optional<std::size_t> points = {};    ///< at most so many, spread evenly; empty: every one
  std::string kill_command = {}, restart_command = {};
};

struct CrashReport {
  std::size_t migrations = 0;
  std::int64_t statements = 0;
  std::size_t possible = 0;   ///< points that there are
  std::size_t points = 0;     ///< of them tried
  std::size_t resumed = 0;    ///< the command again finished the work
  std::size_t identical = 0;  ///< and schema, data and journal are as after a run that nobody interrupted
  std::size_t by_hand = 0;    ///< the command again refused or failed
  std::vector<Failure> failures = {};
  std::vector<std::string> notes = {};  ///< what was not compared, what no point was found in

  bool proven() const { return identical == points && by_hand == 0; }
};

/// Ends a run at every boundary of every statement, runs the same again, and compares with an uninterrupted run. Throws
/// Error when a migration fails by itself, or where there is nothing that could be killed (proof_impossible).
DBCTL_API CrashReport crash(const Subject& subject, const CrashRequest& request, const Tell& tell);

}  // namespace dbctl::proof
