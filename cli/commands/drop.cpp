#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/codes.hpp"
#include "policy.hpp"

namespace dbctl::cli {
namespace {

const Deed deed{.command = "drop", .effect = "drops the database"};

/// What the database says of itself: another environment's database is not dropped, a protected one only by name.
/// A database that is not there says nothing. The connection is closed again: some servers drop none that is in use.
void ask_database(Context& context) {
  if (context.file_is_missing()) return;
  try {
    journal::Settings settings;
    if (!context.environment().anonymous) settings.environment = context.environment().name.value_or("");
    journal::Database database(context.driver(), context.options(), settings);
    demand_consent_of_database(context, deed, database.read_unfinished());
  } catch (const Error& error) {
    if (error.code().id != codes::connection_database.id) throw;
  }
}

class Drop : public Command {
  void declare(Arguments&) override {}

  Exit run(Context& context) override {
    demand_consent(context, deed);
    context.wait_for(context.globals.wait.value_or(std::chrono::milliseconds(0)), [&] { ask_database(context); });
    const bool dropped = context.driver().drop_database(context.options());
    context.out.say(fmt::format("{} {}.", context.target(), dropped ? "was dropped" : "is not there"));
    context.out.document({{"database", context.database_name()}, {"dropped", dropped}});
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_drop() {
  return std::make_unique<Drop>();
}

}  // namespace dbctl::cli
