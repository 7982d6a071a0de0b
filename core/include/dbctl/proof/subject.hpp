#pragma once
#include <functional>
#include <string>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/journal/database.hpp"

/// Proofs on the user's own migrations, in a database that may be thrown away: each of them drops it and makes it anew,
/// as often as it needs. They fork; whoever calls them has no thread, and no connection open.
namespace dbctl::proof {

/// What is proven, and on which database.
struct Subject {
  const driver::Driver& driver;
  const driver::Options& options;
  journal::Settings settings;
  const catalog::Catalog& catalog;
  std::vector<std::string> known;  ///< what on(...) may say anywhere
};

/// Told a line about what was proven so far, for those who wait.
using Tell = std::function<void(const std::string&)>;

/// Something that is not as it should be: where, and what, a line each.
struct Failure {
  std::string where;
  std::vector<std::string> lines;
};

}  // namespace dbctl::proof
