#pragma once
#include "dbctl/proof/subject.hpp"

namespace dbctl::proof {

struct RoundtripReport {
  std::size_t migrations = 0;
  std::size_t same = 0;  ///< that go up, down and up again without a difference
  std::vector<Failure> failures = {};
  std::vector<std::string> notes = {};  ///< what their rollbacks say that they lose, and what was not compared

  bool proven() const { return same == migrations; }
};

/// Each migration up, down, and up again: after the down all is as before it, but for what the migration says that it
/// loses; after the second up all is as after the first. `migrations` are versions or names; empty: all. Throws Error
/// when a migration fails by itself.
DBCTL_API RoundtripReport roundtrip(const Subject& subject, const std::vector<std::string>& migrations,
                                    const Tell& tell);

}  // namespace dbctl::proof
