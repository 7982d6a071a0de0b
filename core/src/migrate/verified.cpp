#include "migrate/verified.hpp"

#include "dbctl/base/digest.hpp"

namespace dbctl::migrate {

std::string verified(const catalog::Domain& domain, const journal::State& state) {
  std::string rows;
  for (const auto& a : state.applied)
    if (a.domain == domain.name) rows += a.version + ' ' + a.checksum + '\n';
  return domain.build_id + ' ' + sha256(rows);
}

bool is_verified(const catalog::Domain& domain, const journal::State& state) {
  if (domain.build_id.empty()) return false;
  const auto it = state.meta.find(journal::meta::build_of(domain.name));
  return it != state.meta.end() && it->second == verified(domain, state);
}

}  // namespace dbctl::migrate
