#include <fmt/format.h>

#include "commands/commands.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/seed/seed.hpp"
#include "offline.hpp"

namespace dbctl::cli {
namespace {

class Validate : public Command {
  void declare(Arguments& a) override {
    a.list({"--driver"}, drivers_, "NAME,…", "check for these databases instead of the environment's");
  }

  Exit run(Context& context) override {
    const auto& catalog = context.catalog();
    auto checked = Json::array();
    std::size_t seeders = 0;
    Table table({"for", ">migrations", ">statements"});
    for (const auto& name : targets(context)) {
      const auto offline = offline_target(context, name);
      const auto plan = migrate::plan_up(catalog, {}, offline.target);
      seeders = seed::validate(catalog, plan.after);
      std::int64_t statements = 0;
      for (const auto& migration : plan.migrations) statements += migration.statements();
      table.add({{text::join(offline.target.names, ", "), Style::strong},
                 {std::to_string(plan.migrations.size())},
                 {std::to_string(statements)}});
      checked.push_back({{"driver", offline.driver->info().name},
                         {"product", offline.server.product},
                         {"migrations", plan.migrations.size()},
                         {"statements", statements}});
    }
    context.out.data(table);
    context.out.say(fmt::format("{}: {} and {}.", context.out.paint(Style::good, "valid"),
                                text::count(catalog.migrations().size(), "migration"), text::count(seeders, "seeder")));
    context.out.document(
        {{"valid", true}, {"migrations", catalog.migrations().size()}, {"seeders", seeders}, {"checked", checked}});
    return Exit::done;
  }

  /// Without a driver given and none in the environment: every driver that is installed.
  std::vector<std::string> targets(Context& context) const {
    if (!drivers_.empty()) return drivers_;
    if (!context.environment().driver.empty()) return {context.environment().driver};
    std::vector<std::string> names;
    for (const auto& plugin : context.host.available())
      if (plugin.kind == plugin::PluginKind::driver && plugin.problem.empty()) names.push_back(plugin.name);
    return names;
  }

  std::vector<std::string> drivers_;
};

}  // namespace

std::unique_ptr<Command> make_validate() {
  return std::make_unique<Validate>();
}

}  // namespace dbctl::cli
