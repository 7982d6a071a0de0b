#pragma once
#include <string>

#include "context.hpp"

namespace dbctl::cli {

/// Something that destroys data: the command to repeat with --confirm, and what it does to which database.
struct Deed {
  std::string command;  ///< "rollback --all"
  std::string effect;   ///< "reverts every migration of"
};

/// Checked before any connection: a protected environment wants --confirm, a disposable one nothing, any other a
/// confirmation. Throws Error with a policy code.
void demand_consent(Context& context, const Deed& deed);
/// Checked after connecting, for runs that name no environment: the database may itself bear protection.
void demand_consent_of_database(Context& context, const Deed& deed, const journal::State& state);

}  // namespace dbctl::cli
