#pragma once
#include "context.hpp"

namespace dbctl::cli {

/// One round of `dbctl dev`: builds what was edited, rolls back to what was edited after it was applied (in a
/// disposable environment), applies what is pending and seeds what changed. Throws Error.
void dev_round(Context& context);

}  // namespace dbctl::cli
