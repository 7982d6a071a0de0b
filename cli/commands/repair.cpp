#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/codes.hpp"
#include "progress.hpp"

namespace dbctl::cli {
namespace {

class Repair : public Command {
  void declare(Arguments& a) override {
    a.value({"--mark-applied"}, applied_, "VERSION", "the database has what it does; do not run it");
    a.value({"--mark-reverted"}, reverted_, "VERSION", "the database does not have what it does");
    a.value({"--accept-edit"}, edited_, "VERSION", "its edit after it was applied changes nothing");
    a.one_required({"--mark-applied", "--mark-reverted", "--accept-edit"});
  }

  Exit run(Context& context) override {
    const auto what = applied_    ? migrate::Repair::mark_applied
                      : reverted_ ? migrate::Repair::mark_reverted
                                  : migrate::Repair::accept_edit;
    const auto version = applied_ ? *applied_ : reverted_ ? *reverted_ : *edited_;
    std::string change;
    const auto confirm = [&](const std::string& text) {
      change = text;
      return agreed(context, text);
    };
    MigrationProgress progress(context);
    const bool done = migrate::repair(context.database(), context.catalog(), what, version, confirm, progress);
    context.out.say(done ? "The ledger was changed." : "Nothing was changed.");
    context.out.document({{"changed", done}, {"change", change}});
    return Exit::done;
  }

  static bool agreed(Context& context, const std::string& change) {
    context.out.complain(printable(change));
    if (context.globals.yes) return true;
    if (!context.out.can_ask())
      throw Error(codes::no_terminal, {.summary = "the ledger is not changed without consent",
                                       .where = context.target(),
                                       .why = "there is no terminal to ask on",
                                       .next = {"the same command with --yes"}});
    const auto answer = context.out.ask("Change the ledger so? [y/N] ");
    return answer == "y" || answer == "yes";
  }

  std::optional<std::string> applied_, reverted_, edited_;
};

}  // namespace

std::unique_ptr<Command> make_repair() {
  return std::make_unique<Repair>();
}

}  // namespace dbctl::cli
