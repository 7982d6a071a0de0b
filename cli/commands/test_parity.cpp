#include <deque>

#include <fmt/format.h>

#include "commands/test.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/proof/parity.hpp"

namespace dbctl::cli::test {
namespace {

/// One environment with all that belongs to it.
struct Party {
  Party(Context& main, const std::string& name) : globals(main.globals), context(main.host, globals, main.out) {
    globals.env = name;
    globals.environments.reset();
  }
  Globals globals;
  Context context;
};

/// Here --environments names them; elsewhere it names the folder that they are in.
std::vector<std::string> names_of(const Context& context) {
  std::vector<std::string> names;
  if (context.globals.environments) names = Arguments::split_list({*context.globals.environments});
  if (names.size() >= 2) return names;
  throw Error(codes::usage, {.summary = "parity compares two or more environments",
                             .where = "--environments",
                             .next = {"dbctl test parity --environments A,B"}});
}

}  // namespace

Exit parity(Context& context, const Flags&) {
  std::deque<Party> parties;
  std::deque<proof::Subject> subjects;
  std::vector<proof::Candidate> candidates;
  for (const auto& name : names_of(context)) {
    auto& party = parties.emplace_back(context, name);
    candidates.push_back({name, &subjects.emplace_back(subject(party.context))});
  }
  auto report = proof::parity(candidates, tell(context));
  context.out.data(fmt::format("databases {}, tables {}, facts as declared {}, behaviours tried {}\n", report.databases,
                               report.tables, report.facts, report.probes));
  for (const auto& line : report.declared) context.out.data(fmt::format("declared: {}\n", printable(line)));
  for (const auto& line : report.stored) context.out.data(fmt::format("stored: {}\n", printable(line)));
  return finish(context, "parity", report.proven(), report.failures, report.notes,
                {{"databases", report.databases},
                 {"tables", report.tables},
                 {"facts", report.facts},
                 {"probes", report.probes},
                 {"declared", report.declared},
                 {"stored", report.stored}});
}

}  // namespace dbctl::cli::test
