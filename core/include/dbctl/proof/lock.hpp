#pragma once
#include "dbctl/proof/subject.hpp"

namespace dbctl::proof {

struct LockReport {
  std::size_t runners = 0;
  std::size_t applied = 0;  ///< runners that did work
  std::size_t idle = 0;     ///< that found nothing to do
  std::size_t failed = 0;
  std::int64_t statements = 0;  ///< by all of them
  std::vector<Failure> failures = {};

  bool proven() const { return failures.empty(); }
};

/// `runners` processes migrate one empty database at once: one applies, the others find nothing to do, no statement is
/// sent twice, all is there afterwards, and nobody holds the lock.
DBCTL_API LockReport lock(const Subject& subject, std::size_t runners, const Tell& tell);

}  // namespace dbctl::proof
