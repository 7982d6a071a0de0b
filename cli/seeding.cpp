#include "seeding.hpp"

#include "progress.hpp"
#include "reports.hpp"

namespace dbctl::cli {

seed::Outcome run_seeders(Context& context, seed::Request request) {
  // Names and policy need no database.
  request.protect = context.environment().protect;
  seed::order(context.catalog(), request);
  context.require_file();
  auto& database = context.database();
  const auto state = database.read();
  request.protect = context.is_protected(state);
  const auto schema = migrate::fold(context.catalog(), state, context.migration_target());
  try {
    SeedProgress progress(context);
    auto outcome = seed::run(database, context.catalog(), schema, request, progress);
    context.out.live({});
    for (const auto& seeder : outcome.seeders)
      if (seeder.state == seed::SeederState::skipped) say_seeder(context.out, seeder);
    say_outcome(context.out, outcome, request.dry_run);
    return outcome;
  } catch (Error& error) {
    if (context.in_memory() && state.applied.empty())
      error.add_next(context.globals.command("migrate --seed") + ", for nothing in memory outlives a command");
    throw;
  }
}

}  // namespace dbctl::cli
