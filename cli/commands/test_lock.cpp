#include <fmt/format.h>

#include "commands/test.hpp"
#include "dbctl/proof/lock.hpp"

namespace dbctl::cli::test {
namespace {

constexpr std::size_t usual_runners = 32;

}  // namespace

Exit lock(Context& context, const Flags& flags) {
  const auto report = proof::lock(subject(context), flags.runners.value_or(usual_runners), tell(context));
  context.out.data(fmt::format("runners {}, applied {}, had nothing to do {}, failed {}, statements {}\n",
                               report.runners, report.applied, report.idle, report.failed, report.statements));
  return finish(context, "lock", report.proven(), report.failures, {},
                {{"runners", report.runners},
                 {"applied", report.applied},
                 {"idle", report.idle},
                 {"failed", report.failed},
                 {"statements", report.statements}});
}

}  // namespace dbctl::cli::test
