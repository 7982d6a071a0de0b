#include <algorithm>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/codes.hpp"
#include "policy.hpp"
#include "progress.hpp"
#include "reports.hpp"

namespace dbctl::cli {
namespace {

constexpr const char* effect = "reverts every migration, with its data, before it applies them again, in";

/// Going up again to the newest of the migrations that are reverted must bring back exactly those: an older one that
/// is pending would come along.
void refuse_stowaways(Context& context, const journal::State& state, const migrate::Plan& down) {
  const auto& newest = down.migrations.front().version;
  for (const auto& row : migrate::status(context.catalog(), state).migrations) {
    const bool applied = state.is_applied(row.domain, row.version);
    if (applied || row.state == migrate::MigrationState::missing || row.version > newest) continue;
    throw Error(codes::journal_out_of_order, {.summary = fmt::format("redo would also apply {}, which is pending",
                                                                     context.label(row.domain, row.version, row.name)),
                                              .where = std::string(row.file),
                                              .why = fmt::format("it is older than {}", down.migrations.front().id()),
                                              .next = {context.globals.command("migrate --out-of-order apply")}});
  }
}

class Redo : public Command {
  void declare(Arguments& a) override { a.number({"--steps"}, steps_, "N", "how many migrations (1)"); }

  Exit run(Context& context) override {
    const auto& catalog = context.catalog();
    const migrate::DownRequest down{.steps = steps_.value_or(1), .domain = context.domain()};
    context.require_file();
    auto& database = context.database();
    MigrationProgress progress(context);
    // One lock from the plan to the end: nobody else's run comes between going down and going up again.
    const auto lock = database.lock(progress);
    const auto state = database.read();
    const auto plan = migrate::plan_down(catalog, state, context.migration_target(), down);
    if (!plan.migrations.empty()) refuse_stowaways(context, state, plan);
    demand_consent_to_plan(context, {.command = fmt::format("redo --steps {}", down.steps), .effect = effect}, plan,
                           state);

    const auto reverted = migrate::rollback(database, catalog, context.known_targets(), down, progress);
    migrate::Outcome applied;
    if (!reverted.migrations.empty())
      applied = migrate::migrate(database, catalog, context.known_targets(),
                                 {.to = plan.migrations.front().version, .domain = down.domain}, progress);
    say_outcome(context.out, applied, "reverted and applied again", "Nothing to redo.");

    auto document = document_of(applied, "applied");
    document["reverted"] = document_of(reverted, "reverted")["reverted"];
    document["statements"] = applied.statements + reverted.statements;
    document["duration_ms"] = applied.duration_ms + reverted.duration_ms;
    context.out.document(document);
    return Exit::done;
  }

  std::optional<std::size_t> steps_;
};

}  // namespace

std::unique_ptr<Command> make_redo() {
  return std::make_unique<Redo>();
}

}  // namespace dbctl::cli
