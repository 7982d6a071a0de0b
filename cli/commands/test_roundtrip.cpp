#include <fmt/format.h>

#include "commands/test.hpp"
#include "dbctl/proof/roundtrip.hpp"

namespace dbctl::cli::test {

Exit roundtrip(Context& context, const Flags& flags) {
  const auto report = proof::roundtrip(subject(context), flags.migrations, tell(context));
  context.out.data(fmt::format("migrations {}, the same after up, down and up {}\n", report.migrations, report.same));
  return finish(context, "roundtrip", report.proven(), report.failures, report.notes,
                {{"migrations", report.migrations}, {"same", report.same}});
}

}  // namespace dbctl::cli::test
