#include <algorithm>
#include <optional>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/seed/seed.hpp"
#include "journal/transaction.hpp"
#include "seed/writer.hpp"

namespace dbctl::seed {

Observer::~Observer() = default;

namespace {

const catalog::Seeder& seeder_of(const catalog::Catalog& catalog, const std::string& name) {
  return *std::find_if(catalog.seeders().begin(), catalog.seeders().end(),
                       [&](const auto& s) { return s.name == name; });
}

/// With --no-deps what a seeder builds on must have been seeded before.
void check_dependencies(journal::Database& database, const std::vector<Node>& selected) {
  for (const auto& node : selected)
    for (const auto& dependency : node.after) {
      const bool comes_along =
          std::any_of(selected.begin(), selected.end(), [&](const Node& n) { return n.name == dependency; });
      if (!comes_along && database.journal().seeded(dependency).empty())
        throw Error(codes::seed_dependency,
                    {.summary = node.name + " needs " + dependency + ", which has not been seeded here",
                     .where = node.file,
                     .next = {"leave out --no-deps", "dbctl seed --only " + dependency}});
    }
}

journal::Event event_of(const journal::Database& database, const SeederResult& result, std::int64_t milliseconds) {
  const auto& actor = database.settings().actor;
  return {.what = "seeded",
          .domain = {},
          .version = {},
          .name = result.name,
          .at = utc_now(),
          .duration_ms = milliseconds,
          .who = actor.user,
          .host = actor.host,
          .dbctl_version = actor.version,
          .detail = std::to_string(result.inserted) + " inserted, " + std::to_string(result.updated) + " updated"};
}

SeederResult run_one(journal::Database& database, const catalog::Seeder& seeder, const schema::Schema& schema,
                     const Request& request, Observer& observer) {
  Stopwatch watch;
  SeederResult result{.name = seeder.name};
  const auto body = seeder.body();
  try {
    std::optional<journal::Transaction> transaction;
    if (!request.dry_run) transaction.emplace(database.connection());
    DatabaseLookups lookups(database.connection(), database.dialect(), schema);
    Writer writer(database, seeder.name, request.force);
    std::size_t rows = 0;
    for (const auto& s : body.seedings) rows += s.rows.size();
    observer.started(seeder.name, rows);
    for (const auto& seeding : body.seedings) writer.write(wanted_of(seeder, seeding, schema, lookups), result);
    writer.finish();
    result.state = result.inserted + result.updated > 0 ? SeederState::seeded : SeederState::unchanged;
    if (result.state == SeederState::seeded) database.journal().event(event_of(database, result, watch.milliseconds()));
    if (transaction) transaction->commit();
  } catch (Error& e) {
    e.set_where(seeder.file + ", " + seeder.name);
    throw;
  }
  observer.finished(result);
  return result;
}

}  // namespace

Outcome run(journal::Database& database, const catalog::Catalog& catalog, const schema::Schema& schema,
            const Request& request, Observer& observer) {
  Outcome outcome;
  const auto selected = order(catalog, request);
  if (!selected.empty()) {
    Stopwatch watch;
    const auto lock = database.lock(observer);
    // A dry run is one transaction, so that a seeder finds what those before it would have written.
    std::optional<journal::Transaction> dry;
    if (request.dry_run) {
      dry.emplace(database.connection());
    } else {
      database.prepare();
    }
    if (!request.with_dependencies) check_dependencies(database, selected);
    for (const auto& node : selected) {
      const auto& r =
          outcome.seeders.emplace_back(run_one(database, seeder_of(catalog, node.name), schema, request, observer));
      outcome.inserted += r.inserted;
      outcome.updated += r.updated;
      outcome.unchanged += r.unchanged;
      outcome.kept += r.kept;
    }
    outcome.duration_ms = watch.milliseconds();
  }
  if (request.protect && request.only.empty())
    for (const auto& s : catalog.seeders())
      if ((request.domain.empty() || s.domain == request.domain) &&
          std::none_of(selected.begin(), selected.end(), [&](const Node& n) { return n.name == s.name; }))
        outcome.seeders.push_back({.name = s.name,
                                   .state = SeederState::skipped,
                                   .reason = "not essential, and this environment is protected"});
  return outcome;
}

}  // namespace dbctl::seed
