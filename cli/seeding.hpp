#pragma once
#include "context.hpp"
#include "dbctl/seed/seed.hpp"

namespace dbctl::cli {

/// Runs seeders after what the journal says is applied, essential ones alone where the database is protected, and says
/// how it went. The part of `seed`, `migrate --seed` and `fresh --seed` that is the same.
seed::Outcome run_seeders(Context& context, seed::Request request);

}  // namespace dbctl::cli
