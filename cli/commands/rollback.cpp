#include <algorithm>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "policy.hpp"
#include "progress.hpp"
#include "reports.hpp"

namespace dbctl::cli {
namespace {

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
    if (request_.all && !dry_run_) demand_consent(context, deed());
    request_.domain = context.domain();
    if (dry_run_) return show(context, context.read());
    context.require_file();
    auto& database = context.database();
    const auto state = database.read();
    tell_stored(context, state);
    if (request_.all)
      demand_consent_of_database(context, deed(), state);
    else
      demand_consent_to_plan(context, deed(), plan(context, state), state);
    MigrationProgress progress(context);
    const auto outcome = migrate::rollback(database, context.catalog(), context.known_targets(), request_, progress);
    say_outcome(context.out, outcome, "reverted", nothing(context, state));
    auto document = document_of(outcome, "reverted");
    document["dry_run"] = false;
    context.out.document(document);
    return Exit::done;
  }

  /// With the flags that were given: it is the command to repeat with --confirm.
  Deed deed() const {
    std::string command = "rollback";
    if (steps_) command += fmt::format(" --steps {}", *steps_);
    if (request_.to) command += " --to " + shell_word(*request_.to);
    if (request_.batch) command += " --batch";
    if (request_.all) command += " --all";
    return {.command = std::move(command), .effect = "reverts every migration of"};
  }

  migrate::Plan plan(Context& context, const journal::State& state) const {
    return migrate::plan_down(context.catalog(), state, context.migration_target(), request_, stored(context, state));
  }

  std::vector<journal::Reverse> stored(Context& context, const journal::State& state) const {
    if (state.applied.empty()) return {};
    return migrate::stored_reverses(context.database(), context.catalog(), state);
  }

  /// Which migrations go as the ledger has them.
  void tell_stored(Context& context, const journal::State& state) const {
    const auto reverses = stored(context, state);
    if (reverses.empty()) return;
    for (const auto& m : plan(context, state).migrations)
      if (std::ranges::any_of(reverses, [&](const auto& r) { return r.version == m.version && r.domain == m.domain; }))
        for (const auto& note : m.notes) context.out.note(note);
  }

  /// Why there was nothing to do, where the user may have expected something.
  std::string nothing(Context& context, const journal::State& state) const {
    if (!request_.to) return "Nothing to roll back.";
    const auto& last = context.catalog().find(*request_.to);
    const auto label = context.label(last.domain, last.version, last.name);
    return state.is_applied(last.domain, last.version)
               ? fmt::format("Nothing to roll back: nothing newer than {} is applied.", label)
               : fmt::format("Nothing to roll back: {} is not applied, and nothing newer is.", label);
  }

  Exit show(Context& context, const journal::State& state) const {
    const auto planned = plan(context, state);
    if (planned.migrations.empty()) context.out.say(nothing(context, state));
    context.out.data(text_of(context, planned));
    auto document = document_of({}, "reverted");
    document["dry_run"] = true;
    document["plan"] = document_of(planned);
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
