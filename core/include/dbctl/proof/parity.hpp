#pragma once
#include "dbctl/proof/subject.hpp"

namespace dbctl::proof {

/// One of the databases that are compared.
struct Candidate {
  std::string name;  ///< its environment's
  const Subject* subject;
};

struct ParityReport {
  std::size_t databases = 0;
  std::size_t tables = 0;                  ///< of all of them
  std::size_t facts = 0;                   ///< columns, keys, checks and indexes found as declared
  std::size_t probes = 0;                  ///< behaviours that were tried
  std::vector<std::string> declared = {};  ///< differences that migrations declare with on(...)
  std::vector<std::string> stored = {};    ///< types that a database has no own one for, and what it stores instead
  std::vector<std::string> notes = {};     ///< what was not tried, and why
  std::vector<Failure> failures = {};

  bool proven() const { return failures.empty(); }
};

/// The same migrations on each of the databases: each describes what was declared, as its dialect says that it stores
/// it; the declarations differ by on(...) alone; and each behaves as declared: NULL and duplicates are refused, actions
/// of foreign keys fire, defaults are there, values come back as they went. Throws Error when a migration fails.
DBCTL_API ParityReport parity(const std::vector<Candidate>& candidates, const Tell& tell);

}  // namespace dbctl::proof
