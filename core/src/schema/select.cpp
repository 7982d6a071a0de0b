#include <algorithm>

#include "dbctl/schema/fold.hpp"

namespace dbctl::schema {
namespace {

void collect(const std::vector<Operation>& operations, const std::vector<std::string>& targets,
             std::vector<Operation>& out) {
  for (const auto& op : operations) {
    const auto* only = std::get_if<Only>(&op.what);
    if (!only)
      out.push_back(op);
    else if (std::ranges::find(targets, only->driver) != targets.end())
      collect(only->operations, targets, out);
  }
}

void collect_names(const std::vector<Operation>& operations, std::vector<std::string>& out) {
  for (const auto& op : operations) {
    const auto* only = std::get_if<Only>(&op.what);
    if (!only) continue;
    if (std::ranges::find(out, only->driver) == out.end()) out.push_back(only->driver);
    collect_names(only->operations, out);
  }
}

}  // namespace

std::vector<Operation> select(const std::vector<Operation>& operations, const std::vector<std::string>& targets) {
  std::vector<Operation> out;
  collect(operations, targets, out);
  return out;
}

std::vector<std::string> targets_named(const std::vector<Operation>& operations) {
  std::vector<std::string> out;
  collect_names(operations, out);
  return out;
}

}  // namespace dbctl::schema
