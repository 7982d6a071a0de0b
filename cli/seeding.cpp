#include "seeding.hpp"

#include "progress.hpp"
#include "reports.hpp"

namespace dbctl::cli {

seed::Outcome run_seeders(Context& context, seed::Request request) {
  auto& database = context.database();
  const auto state = database.read();
  request.protect = context.is_protected(state);
  const auto schema = migrate::fold(context.catalog(), state, context.migration_target());
  SeedProgress progress(context);
  auto outcome = seed::run(database, context.catalog(), schema, request, progress);
  context.out.live({});
  say_outcome(context.out, outcome, request.dry_run);
  return outcome;
}

}  // namespace dbctl::cli
