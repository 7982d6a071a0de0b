#include <fmt/format.h>

#include "commands/commands.hpp"
#include "policy.hpp"
#include "progress.hpp"
#include "reports.hpp"

namespace dbctl::cli {
namespace {

const Deed rollback_all{.command = "rollback --all", .effect = "reverts every migration of"};

class Rollback : public Command {
  void declare(Arguments& a) override {
    a.number({"--steps"}, steps_, "N", "how many migrations (1)");
    a.value({"--to"}, request_.to, "VERSION", "down to this one, which stays applied");
    a.flag({"--batch"}, request_.batch, "all that the last run applied");
    a.flag({"--all"}, request_.all, "all; asks first");
    a.flag({"--dry-run"}, dry_run_, "show the plan and change nothing");
    a.exclusive({"--steps", "--to", "--batch", "--all"});
  }

  Exit run(Context& context) override {
    request_.steps = steps_.value_or(1);
    if (request_.all && !dry_run_) demand_consent(context, rollback_all);
    request_.domain = context.domain();
    if (dry_run_) return show(context, context.read());
    auto& database = context.database();
    const auto state = database.read();
    if (request_.all) demand_consent_of_database(context, rollback_all, state);
    MigrationProgress progress(context);
    const auto outcome = migrate::rollback(database, context.catalog(), context.known_targets(), request_, progress);
    say_outcome(context.out, outcome, "reverted", "Nothing to roll back.");
    auto document = document_of(outcome, "reverted");
    document["dry_run"] = false;
    context.out.document(document);
    return Exit::done;
  }

  Exit show(Context& context, const journal::State& state) const {
    const auto plan = migrate::plan_down(context.catalog(), state, context.migration_target(), request_);
    if (plan.migrations.empty()) context.out.say("Nothing to roll back.");
    context.out.data(text_of(context, plan));
    auto document = document_of({}, "reverted");
    document["dry_run"] = true;
    document["plan"] = document_of(plan);
    context.out.document(document);
    return Exit::done;
  }

  migrate::DownRequest request_;
  std::optional<std::size_t> steps_;
  bool dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_rollback() {
  return std::make_unique<Rollback>();
}

}  // namespace dbctl::cli
