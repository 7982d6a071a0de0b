#include <set>

#include "dbctl/base/codes.hpp"
#include "dbctl/seed/seed.hpp"
#include "seed/wanted.hpp"

namespace dbctl::seed {
namespace {

/// In a protected environment the essential seeders run alone, so all that they build on must be essential too.
void check_essential(const std::vector<Node>& nodes) {
  std::set<std::string, std::less<>> optional;  // dependencies come first, so looking at direct ones is enough
  for (const auto& node : nodes) {
    if (!node.essential) optional.insert(node.name);
    for (const auto& dependency : node.after)
      if (node.essential && optional.contains(dependency))
        throw Error(codes::seed_essential,
                    {.summary = node.name + " is essential and depends on " + dependency + ", which is not",
                     .where = node.file,
                     .why = "a protected environment gets the essential seeders alone",
                     .next = {"mark " + dependency + " .essential() too, or take .essential() off " + node.name}});
  }
}

}  // namespace

std::size_t validate(const catalog::Catalog& catalog, const schema::Schema& schema) {
  const auto nodes = order(catalog, {});
  check_essential(nodes);
  ImaginedLookups lookups(schema);
  for (const auto& seeder : catalog.seeders())
    for (const auto& seeding : seeder.body().seedings) wanted_of(seeder, seeding, schema, lookups);
  return nodes.size();
}

}  // namespace dbctl::seed
