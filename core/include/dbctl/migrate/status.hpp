#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/migrate/plan.hpp"

namespace dbctl::migrate {

enum class MigrationState : std::uint8_t { applied, pending, interrupted, edited, missing, out_of_order };

struct StatusRow {
  std::string domain, version, name;
  std::string_view file = {};  ///< the catalog's, which outlives the row; empty: missing
  MigrationState state = MigrationState::pending;
  std::string applied_at;  ///< empty: not applied
  std::int64_t duration_ms = 0;
  std::int64_t batch = 0;
  std::string detail;  ///< "3 of 5 statements done"
};

struct Status {
  std::vector<StatusRow> migrations;  ///< by version, then domain
  std::size_t pending = 0;            ///< everything that migrate would apply or resume

  DBCTL_API bool in_order() const;  ///< nothing edited, missing or out of order
};

DBCTL_API std::string_view to_text(MigrationState state);  ///< "out of order" is written `out_of_order`

/// Bodies are expanded only where a checksum must be compared: for domains whose build-id and rows are not those that
/// were verified last.
DBCTL_API Status status(const catalog::Catalog& catalog, journal::State state);

}  // namespace dbctl::migrate
