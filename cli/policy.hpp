#pragma once
#include <string>

#include "context.hpp"

namespace dbctl::cli {

/// Something that destroys data: the command to repeat with --confirm, and what it does to which database.
struct Deed {
  std::string command;  ///< "rollback --all"
  std::string effect;   ///< "reverts every migration of"
};

/// Checked before any connection: a protected environment wants --confirm, a disposable one nothing as long as the
/// database is its own, any other a confirmation. Throws Error with a policy code.
void demand_consent(Context& context, const Deed& deed);
/// Checked after connecting, for runs that name no environment: the database may itself bear protection.
void demand_consent_of_database(Context& context, const Deed& deed, const journal::State& state);
/// Checked before a plan that reverts everything that is applied, by whatever flags it came about: the same as
/// `demand_consent`. A single migration may go without a word where nothing is protected: it is what was asked for.
void demand_consent_to_plan(Context& context, const Deed& deed, const migrate::Plan& plan, const journal::State& state);

}  // namespace dbctl::cli
