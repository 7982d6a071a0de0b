#include "dev_round.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "disposable.hpp"
#include "progress.hpp"
#include "reports.hpp"
#include "seeding.hpp"

namespace dbctl::cli {
namespace {

using migrate::MigrationState;
using migrate::StatusRow;

/// The migrations before this one. What comes behind is then missing to a rollback, which takes it back as the ledger
/// says: by what was applied, not by what the file says now.
catalog::Catalog before(const catalog::Catalog& all, const StatusRow& first) {
  catalog::Catalog some;
  for (const auto& domain : all.domains()) some.add_domain(domain);
  for (const auto& migration : all.migrations())
    if (std::pair(migration.version, migration.domain) < std::pair(first.version, first.domain))
      some.add_migration(migration.domain, migration.file, migration.body);
  return some;
}

/// Applied, but not as the sources say now.
const StatusRow* first_changed(const migrate::Status& status) {
  const auto found = std::ranges::find_if(status.migrations, [](const StatusRow& row) {
    return row.state == MigrationState::edited || row.state == MigrationState::missing;
  });
  return found == status.migrations.end() ? nullptr : &*found;
}

void roll_back_to(Context& context, const migrate::Status& status, const StatusRow& first) {
  migrate::DownRequest request{.all = true};
  for (const auto& row : status.migrations) {
    if (&row == &first) break;
    if (row.applied_at.empty()) continue;
    request.all = false;
    request.to = row.version;
  }
  context.out.say(fmt::format("{} was {}: rolling back to it", context.label(first.domain, first.version, first.name),
                              first.state == MigrationState::edited ? "edited" : "taken away"));
  MigrationProgress progress(context);
  const auto outcome = migrate::rollback(context.database(), before(context.catalog(), first), context.known_targets(),
                                         request, progress);
  say_outcome(context.out, outcome, "reverted", "Nothing to roll back.");
}

}  // namespace

void dev_round(Context& context) {
  const auto& catalog = context.catalog();
  const auto state = context.read();
  if (context.is_protected(state))  // a URL may lead to a database that bears it
    throw Error(codes::policy_protected, {.summary = "dbctl dev does not work on a protected database",
                                          .where = context.target(),
                                          .next = {"dbctl dev --env development"}});
  const auto status = migrate::status(catalog, state);
  const auto* const changed = first_changed(status);
  if (changed != nullptr && is_disposable(context)) roll_back_to(context, status, *changed);
  try {
    MigrationProgress progress(context);
    const auto outcome = migrate::migrate(context.database(), catalog, context.known_targets(), {}, progress);
    if (!outcome.migrations.empty()) say_outcome(context.out, outcome, "applied", "");
  } catch (Error& error) {
    if (changed != nullptr)
      error.add_next("or write disposable: true in the environment's file: dbctl dev then rolls back and applies anew");
    throw;
  }
  if (!catalog.seeders().empty()) run_seeders(context, {});
}

}  // namespace dbctl::cli
