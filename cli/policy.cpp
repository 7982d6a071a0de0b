#include "policy.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

std::string with_confirm(Context& context, const Deed& deed) {
  return fmt::format("{} --confirm {}", context.globals.command(deed.command), shell_word(context.database_name()));
}

std::string effect_on(Context& context, const Deed& deed) {
  return fmt::format("`dbctl {}` {} {}", deed.command, deed.effect, context.target());
}

[[noreturn]] void refuse_protected(Context& context, const Deed& deed, std::string why) {
  throw Error(codes::policy_protected, {.summary = effect_on(context, deed) + ", which is protected",
                                        .why = std::move(why),
                                        .next = {with_confirm(context, deed)}});
}

/// `why` says what a person may not expect; empty: nothing.
void ask(Context& context, const Deed& deed, const std::string& why) {
  if (!context.out.can_ask())
    throw Error(codes::no_terminal,
                {.summary = effect_on(context, deed) + ": not without consent",
                 .why = why.empty() ? "there is no terminal to ask on" : why + "\nthere is no terminal to ask on",
                 .next = {with_confirm(context, deed)}});
  const auto name = context.database_name();
  const auto answer =
      context.out.ask(fmt::format("{}.\n{}Type the database's name ({}) to go on: ", effect_on(context, deed),
                                  why.empty() ? "" : why + ".\n", name));
  if (answer != name)
    throw Error(codes::policy_confirmation,
                {.summary = fmt::format("\"{}\" does not name the database", answer),
                 .where = context.target(),
                 .why = fmt::format("the database is \"{}\"; nothing was changed", name),
                 .next = {"the same command again, and type its name", with_confirm(context, deed)}});
}

}  // namespace

void demand_consent(Context& context, const Deed& deed) {
  if (context.globals.confirm) return;
  const auto& environment = context.environment();
  if (environment.protect)
    refuse_protected(context, deed, fmt::format("environment \"{}\" has protect: true", environment.name.value_or("")));
  // What is in memory begins with this process: there is nothing to lose.
  if (context.in_memory()) return;
  if (!environment.disposable) return ask(context, deed, "");
  // Only the file's own database may be thrown away: a URL or a variable can lead to any other.
  const auto other = environment.replaced_by(context.driver().info());
  if (other.empty()) return;
  ask(context, deed,
      fmt::format("environment \"{}\" is disposable, but its connection is not its own: {}",
                  environment.name.value_or(""), other));
}

void demand_consent_to_plan(Context& context, const Deed& deed, const migrate::Plan& plan,
                            const journal::State& state) {
  if (plan.migrations.empty() || plan.migrations.size() < state.applied.size()) return;
  if (plan.migrations.size() == 1 && !context.is_protected(state)) return;
  demand_consent(context, deed);
  demand_consent_of_database(context, deed, state);
}

void demand_consent_of_database(Context& context, const Deed& deed, const journal::State& state) {
  if (context.globals.confirm || !context.is_protected(state)) return;
  const auto name = state.meta.find(std::string(journal::meta::environment));
  refuse_protected(context, deed,
                   name == state.meta.end() ? "the database bears protection"
                                            : fmt::format("the database belongs to environment \"{}\"", name->second));
}

}  // namespace dbctl::cli
