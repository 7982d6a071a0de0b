#include "policy.hpp"

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

std::string with_confirm(Context& context, const Deed& deed) {
  const auto name = context.database_name();
  const bool plain = name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/") ==
                     std::string::npos;
  return fmt::format("{} --confirm {}", context.globals.command(deed.command),
                     plain && !name.empty() ? name : fmt::format("'{}'", name));
}

std::string effect_on(Context& context, const Deed& deed) {
  return fmt::format("`dbctl {}` {} {}", deed.command, deed.effect, context.target());
}

[[noreturn]] void refuse_protected(Context& context, const Deed& deed, std::string why) {
  throw Error(codes::policy_protected, {.summary = effect_on(context, deed) + ", which is protected",
                                        .why = std::move(why),
                                        .next = {with_confirm(context, deed)}});
}

void ask(Context& context, const Deed& deed) {
  if (!context.out.can_ask())
    throw Error(codes::no_terminal, {.summary = effect_on(context, deed) + ": not without consent",
                                     .why = "there is no terminal to ask on",
                                     .next = {with_confirm(context, deed)}});
  const auto name = context.database_name();
  const auto answer =
      context.out.ask(fmt::format("{}.\nType the database's name ({}) to go on: ", effect_on(context, deed), name));
  if (answer != name)
    throw Error(codes::policy_confirmation, {.summary = fmt::format("\"{}\" does not name the database", answer),
                                             .where = context.target(),
                                             .why = fmt::format("the database is \"{}\"; nothing was changed", name)});
}

}  // namespace

void demand_consent(Context& context, const Deed& deed) {
  context.check_confirm();
  const auto& environment = context.environment();
  if (context.globals.confirm) return;
  if (environment.protect)
    refuse_protected(context, deed, fmt::format("environment \"{}\" has protect: true", environment.name.value_or("")));
  // What is in memory begins with this process: there is nothing to lose.
  if (environment.disposable || context.in_memory()) return;
  ask(context, deed);
}

void demand_consent_of_database(Context& context, const Deed& deed, const journal::State& state) {
  if (context.globals.confirm || !context.is_protected(state)) return;
  const auto name = state.meta.find(std::string(journal::meta::environment));
  refuse_protected(context, deed,
                   name == state.meta.end() ? "the database bears protection"
                                            : fmt::format("the database belongs to environment \"{}\"", name->second));
}

}  // namespace dbctl::cli
