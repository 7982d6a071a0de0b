#include <fmt/format.h>

#include "commands/commands.hpp"
#include "progress.hpp"
#include "reports.hpp"
#include "seeding.hpp"

namespace dbctl::cli {
namespace {

class Migrate : public Command {
  void declare(Arguments& a) override {
    a.value({"--to"}, request_.to, "VERSION", "the last migration to apply: its version or name");
    a.number({"--steps"}, request_.steps, "N", "at most so many migrations");
    a.flag({"--seed"}, seed_, "then run the seeders");
    a.flag({"--dry-run"}, dry_run_, "show the plan and change nothing");
    a.choice<migrate::OutOfOrder>({"--out-of-order"}, request_.out_of_order,
                                  {{"fail", migrate::OutOfOrder::fail}, {"apply", migrate::OutOfOrder::apply}},
                                  "a pending migration older than an applied one: an error, or applied");
    a.exclusive({"--to", "--steps"});
    a.exclusive({"--seed", "--dry-run"});
  }

  Exit run(Context& context) override {
    request_.domain = context.domain();
    return dry_run_ ? show(context) : apply(context);
  }

  Exit show(Context& context) const {
    const auto state = context.read();
    const auto plan = migrate::plan_up(context.catalog(), state, context.migration_target(), request_);
    if (plan.migrations.empty()) context.out.say("Nothing to migrate.");
    context.out.data(text_of(context, plan));
    auto document = document_of({}, "applied");
    document["dry_run"] = true;
    document["plan"] = document_of(plan);
    context.out.document(document);
    return Exit::done;
  }

  Exit apply(Context& context) const {
    auto& database = context.database();
    if (context.in_memory() && !seed_)
      context.out.note("note: the database is in memory: nothing of it outlives this command; --seed seeds it too");
    MigrationProgress progress(context);
    const auto outcome = migrate::migrate(database, context.catalog(), context.known_targets(), request_, progress);
    say_outcome(context.out, outcome, "applied", "Nothing to migrate.");
    auto document = document_of(outcome, "applied");
    document["dry_run"] = false;
    if (seed_) document["seed"] = document_of(run_seeders(context, {.domain = request_.domain}));
    context.out.document(document);
    return Exit::done;
  }

  migrate::UpRequest request_;
  bool seed_ = false, dry_run_ = false;
};

}  // namespace

std::unique_ptr<Command> make_migrate() {
  return std::make_unique<Migrate>();
}

}  // namespace dbctl::cli
