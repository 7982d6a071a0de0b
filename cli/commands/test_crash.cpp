#include <fmt/format.h>

#include "commands/test.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli::test {
namespace {

/// A server takes seconds to come back.
constexpr std::size_t sample_of_servers = 20;

void need_commands(Context& context) {
  const auto& environment = context.environment();
  if (!environment.kill_command.empty() && !environment.restart_command.empty()) return;
  throw Error(codes::proof_impossible,
              {.summary = "the environment does not say how its server is killed and started again",
               .where = fmt::format("environment \"{}\"", environment.name.value_or("")),
               .next = {"write in its file: disposable: { kill: \"COMMAND\", restart: \"COMMAND\" }"}});
}

std::string_view word_for(proof::Kill kill) {
  switch (kill) {
    case proof::Kill::process:
      return "process";
    case proof::Kill::connection:
      return "connection";
    case proof::Kill::server:
      return "server";
  }
  return "";
}

}  // namespace

Exit crash(Context& context, const Flags& flags) {
  const auto given = subject(context);
  if (flags.kill == proof::Kill::server) need_commands(context);
  proof::CrashRequest request{.kill = flags.kill,
                              .direction = flags.direction,
                              .migrations = flags.migrations,
                              .points = flags.points,
                              .kill_command = context.environment().kill_command,
                              .restart_command = context.environment().restart_command};
  if (request.kill == proof::Kill::server && !request.points) request.points = sample_of_servers;
  auto report = proof::crash(given, request, tell(context));
  const bool up = flags.direction == migrate::Direction::up;
  if (report.points < report.possible)
    report.notes.insert(report.notes.begin(),
                        fmt::format("a sample: {} of {}", report.points, text::count(report.possible, "kill point")));
  context.out.data(fmt::format("{}: {}, {}\n", up ? "migrate" : "rollback", text::count(report.migrations, "migration"),
                               text::count(static_cast<std::size_t>(report.statements), "statement")));
  context.out.data(fmt::format("kill points {}, resumed {}, identical {}, by hand {}\n", report.points, report.resumed,
                               report.identical, report.by_hand));
  return finish(context, "crash", report.proven(), report.failures, report.notes,
                {{"kill", word_for(flags.kill)},
                 {"direction", up ? "up" : "down"},
                 {"migrations", report.migrations},
                 {"statements", report.statements},
                 {"possible", report.possible},
                 {"points", report.points},
                 {"resumed", report.resumed},
                 {"identical", report.identical},
                 {"by_hand", report.by_hand}});
}

}  // namespace dbctl::cli::test
