#pragma once
#include "context.hpp"
#include "dbctl/proof/crash.hpp"

/// What the kinds of `dbctl test` share.
namespace dbctl::cli::test {

struct Flags {
  std::vector<std::string> migrations;
  proof::Kill kill = proof::Kill::process;
  migrate::Direction direction = migrate::Direction::up;
  std::optional<std::size_t> points, runners;
};

Exit crash(Context& context, const Flags& flags);
Exit roundtrip(Context& context, const Flags& flags);
Exit parity(Context& context, const Flags& flags);
Exit lock(Context& context, const Flags& flags);

/// The environment's database, after all checks that come before it is dropped.
proof::Subject subject(Context& context);
proof::Tell tell(Context& context);
/// Failures and notes for people, and the document with `proof`, `proven`, `failures` and `notes` added.
Exit finish(Context& context, const std::string& proof, bool proven, const std::vector<proof::Failure>& failures,
            const std::vector<std::string>& notes, Json document);

}  // namespace dbctl::cli::test
