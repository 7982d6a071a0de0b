#pragma once
#include "context.hpp"

namespace dbctl::cli {

/// For what drops the database again and again: throws Error (policy_disposable) unless the environment's file says
/// that its database is disposable and nothing else says which one it is, and Error (environment_stamp) when the
/// database bears another environment's name. No consent stands in for it.
void demand_disposable(Context& context);

/// Whether the environment's file says so of its own database, and nothing else says which one it is.
bool is_disposable(Context& context);

}  // namespace dbctl::cli
