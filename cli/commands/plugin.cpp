#include <algorithm>

#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

using plugin::PluginInfo;
using plugin::PluginKind;

enum class Action : unsigned char { list, info, test };

Json document_of(const PluginInfo& plugin) {
  return {{"kind", plugin::to_string(plugin.kind)},
          {"name", plugin.name},
          {"file", plugin.file.string()},
          {"version", plugin.version},
          {"abi", plugin.abi},
          {"toolchain", plugin.toolchain},
          {"answers", plugin.answers},
          {"problem", plugin.problem}};
}

Exit list(Context& context) {
  Table table({"kind", "name", "version", "file", "problem"});
  auto documents = Json::array();
  for (const auto& plugin : context.host.available()) {
    table.add({{std::string(plugin::to_string(plugin.kind))},
               {plugin.name, Style::strong},
               {plugin.version},
               {plugin.file.string(), Style::dim},
               {plugin.problem, Style::bad}});
    documents.push_back(document_of(plugin));
  }
  if (table.empty()) context.out.note("No plugin was found; --plugin-dir DIR and DBCTL_PLUGIN_PATH say where to look.");
  context.out.data(table);
  context.out.document({{"plugins", documents}});
  return Exit::done;
}

/// The plugins of that name, of any kind; a driver also by its products and schemes.
std::vector<PluginInfo> named(Context& context, const std::string& name) {
  std::vector<PluginInfo> found;
  std::vector<std::string> names;
  for (auto& plugin : context.host.available()) {
    names.push_back(plugin.name);
    const bool answers = std::ranges::find(plugin.answers, name) != plugin.answers.end();
    if (plugin.name == name || answers) found.push_back(std::move(plugin));
  }
  if (found.empty())
    throw Error(codes::plugin_missing, {.summary = fmt::format("there is no plugin \"{}\"", name),
                                        .next = {text::did_you_mean(name, names), "dbctl plugin list"}});
  return found;
}

std::string_view type_name(driver::OptionType type) {
  switch (type) {
    case driver::OptionType::text:
      return "text";
    case driver::OptionType::integer:
      return "integer";
    case driver::OptionType::boolean:
      return "true or false";
    case driver::OptionType::secret:
      return "secret";
    case driver::OptionType::path:
      return "path";
    case driver::OptionType::choice:
      return "one of";
  }
  return "";
}

std::vector<std::pair<std::string, bool>> capabilities_of(const driver::Capabilities& c) {
  return {{"transactional_ddl", c.transactional_ddl}, {"create_database", c.create_database},
          {"session_lock", c.session_lock},           {"in_process", c.in_process},
          {"partial_index", c.partial_index},         {"expression_index", c.expression_index},
          {"fulltext_index", c.fulltext_index},       {"descending_index", c.descending_index},
          {"concurrent_index", c.concurrent_index},   {"generated_columns", c.generated_columns},
          {"alter_column", c.alter_column},           {"comments", c.comments},
          {"drops_temporary", c.drops_temporary}};
}

Json describe_driver(Output& out, const driver::DriverInfo& info) {
  std::vector<std::string> able, unable;
  auto capabilities = Json::object();
  for (const auto& [name, can] : capabilities_of(info.capabilities)) {
    (can ? able : unable).push_back(name);
    capabilities[name] = can;
  }
  out.data(fmt::format("client    {}\nproducts  {}\nschemes   {}\ncan       {}\ncannot    {}\n\noptions\n", info.client,
                       text::join(info.products, ", "), text::join(info.schemes, ", "), text::join(able, ", "),
                       text::join(unable, ", ")));
  Table table({"option", "takes", "default", "variable", "what"});
  auto options = Json::array();
  for (const auto& option : info.options) {
    const std::string takes(option.type == driver::OptionType::choice ? text::join(option.choices, "|")
                                                                      : std::string(type_name(option.type)));
    table.add({{option.name, Style::strong},
               {takes},
               {option.required ? "(required)" : option.fallback},
               {text::join(option.env, ", ")},
               {option.help, Style::dim}});
    options.push_back({{"name", option.name},
                       {"type", type_name(option.type)},
                       {"choices", option.choices},
                       {"default", option.fallback},
                       {"variables", option.env},
                       {"required", option.required},
                       {"help", option.help}});
  }
  out.data(table);
  return {{"client", info.client},
          {"products", info.products},
          {"schemes", info.schemes},
          {"capabilities", capabilities},
          {"options", options}};
}

Json describe_domain(Output& out, plugin::PluginHost& host, const std::string& name) {
  catalog::Catalog catalog;
  host.load_domain(name, catalog);
  const auto migrations = catalog.migrations().size(), seeders = catalog.seeders().size();
  out.data(fmt::format("holds     {}, {}\n", text::count(migrations, "migration"), text::count(seeders, "seeder")));
  return {{"migrations", migrations}, {"seeders", seeders}};
}

Json describe_command(Output& out, const plugin::Command& command) {
  out.data(fmt::format("does      {}\n", printable(command.summary())));
  return {{"summary", command.summary()}};
}

Exit info(Context& context, const std::string& name) {
  auto documents = Json::array();
  for (const auto& plugin : named(context, name)) {
    auto& out = context.out;
    out.data(fmt::format("{}\nfile      {}\nversion   {}\nabi       {}\nbuilt by  {}\n",
                         out.paint(Style::strong, fmt::format("{} {}", plugin::to_string(plugin.kind), plugin.name)),
                         plugin.file.string(), plugin.version, plugin.abi, plugin.toolchain));
    if (!plugin.problem.empty()) out.data(fmt::format("problem   {}\n", plugin.problem));
    auto document = document_of(plugin);
    if (plugin.problem.empty() && plugin.kind == PluginKind::driver)
      document["driver"] = describe_driver(out, context.host.load_driver(plugin.name).info());
    if (plugin.problem.empty() && plugin.kind == PluginKind::domain)
      document["domain"] = describe_domain(out, context.host, plugin.name);
    if (plugin.problem.empty() && plugin.kind == PluginKind::command)
      document["command"] = describe_command(out, context.host.load_command(plugin.name));
    documents.push_back(std::move(document));
  }
  context.out.document({{"plugins", documents}});
  return Exit::done;
}

std::string problem_when_loaded(plugin::PluginHost& host, const PluginInfo& plugin) {
  try {
    catalog::Catalog catalog;
    if (plugin.kind == PluginKind::driver) host.load_driver(plugin.name);
    if (plugin.kind == PluginKind::domain) host.load_domain(plugin.name, catalog);
    if (plugin.kind == PluginKind::command) host.load_command(plugin.name);
    return {};
  } catch (const Error& error) {
    const auto& details = error.details();
    return details.why.empty() ? details.summary : fmt::format("{}: {}", details.summary, details.why);
  }
}

Exit test(Context& context, const std::optional<std::string>& name) {
  Table table({"kind", "name", "state", "problem"});
  auto documents = Json::array();
  auto exit = Exit::done;
  for (const auto& plugin : name ? named(context, *name) : context.host.available()) {
    const auto problem = problem_when_loaded(context.host, plugin);
    const bool good = problem.empty();
    if (!good) exit = Exit::plugin;
    table.add({{std::string(plugin::to_string(plugin.kind))},
               {plugin.name, Style::strong},
               {good ? "loads" : "does not load", good ? Style::good : Style::bad},
               {problem}});
    documents.push_back(document_of(plugin));
    documents.back()["problem"] = problem;
  }
  context.out.data(table);
  context.out.document({{"plugins", documents}});
  return exit;
}

class Plugin : public Command {
  void declare(Arguments& arguments) override {
    arguments.action<Action>(action_, {{"list", Action::list}, {"info", Action::info}, {"test", Action::test}},
                             "list: what would be found; info: one plugin; test: load one or all");
    arguments.positional("NAME", name_, "a driver, a domain or a command");
  }
  Exit run(Context& context) override {
    switch (action_) {
      case Action::list:
        return list(context);
      case Action::info:
        break;
      case Action::test:
        return test(context, name_);
    }
    if (!name_)
      throw Error(codes::usage, {.summary = "dbctl plugin info needs a plugin's name", .next = {"dbctl plugin list"}});
    return info(context, *name_);
  }
  Action action_ = Action::list;
  std::optional<std::string> name_;
};

}  // namespace

std::unique_ptr<Command> make_plugin() {
  return std::make_unique<Plugin>();
}

}  // namespace dbctl::cli
