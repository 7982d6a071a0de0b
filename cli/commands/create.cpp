#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"

namespace dbctl::cli {
namespace {

class Create : public Command {
  void declare(Arguments&) override {}

  Exit run(Context& context) override {
    bool created = false;
    const auto& options = context.options();
    context.wait_for(context.globals.wait.value_or(std::chrono::milliseconds(0)),
                     [&] { created = context.driver().create_database(options); });
    context.out.say(fmt::format("{} {}.", context.target(), created ? "was created" : "is there already"));
    context.out.document({{"database", context.database_name()}, {"created", created}});
    return Exit::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_create() {
  return std::make_unique<Create>();
}

}  // namespace dbctl::cli
