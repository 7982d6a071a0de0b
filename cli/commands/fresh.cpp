#include <optional>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/text.hpp"
#include "policy.hpp"
#include "progress.hpp"
#include "reports.hpp"
#include "seeding.hpp"

namespace dbctl::cli {
namespace {

const Deed deed{.command = "fresh", .effect = "drops every table that migrations made in"};

class Fresh : public Command {
  void declare(Arguments& a) override { a.flag({"--seed"}, seed_, "then run the seeders"); }

  Exit run(Context& context) override {
    demand_consent(context, deed);
    auto& database = context.database();
    demand_consent_of_database(context, deed, database.read_unfinished());
    std::vector<std::string> dropped;
    migrate::Outcome outcome;
    std::optional<journal::Database::Lock> lock;  // one for all of it: nobody finds it half done
    {
      MigrationProgress progress(context);
      lock.emplace(database.lock(progress));
      dropped = migrate::empty(database, context.catalog(), progress);
      if (!dropped.empty())
        context.out.say(
            fmt::format("{}  {}", context.out.paint(Style::warning, "dropped  "), text::join(dropped, ", ")));
      outcome = migrate::migrate(database, context.catalog(), context.known_targets(), {}, progress);
    }
    say_outcome(context.out, outcome, "applied", "Nothing to migrate.");
    auto document = document_of(outcome, "applied");
    document["dropped"] = dropped;
    if (seed_) document["seed"] = document_of(run_seeders(context, {}));
    context.out.document(document);
    return Exit::done;
  }

  bool seed_ = false;
};

}  // namespace

std::unique_ptr<Command> make_fresh() {
  return std::make_unique<Fresh>();
}

}  // namespace dbctl::cli
