#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "mask.hpp"

namespace dbctl::cli {
namespace {

using environment::Explanation;

enum class Action : unsigned char { list, show, check };

Exit list(Context& context) {
  Table table({"name", "file", "problem"});
  auto documents = Json::array();
  for (const auto& listed : environment::list(context.request())) {
    table.add({{listed.name, Style::strong}, {listed.file}, {listed.problem, Style::bad}});
    documents.push_back({{"name", listed.name}, {"file", listed.file}, {"problem", listed.problem}});
  }
  if (table.empty()) context.out.note("There are no environments here; --environments DIR looks elsewhere.");
  context.out.data(table);
  context.out.document({{"environments", documents}});
  return Exit::done;
}

std::vector<Explanation> explain(Context& context) {
  auto all = context.environment().explain();
  if (context.environment().driver.empty()) return all;
  for (auto& one : context.environment().explain(context.driver().info())) all.push_back(std::move(one));
  return all;
}

Exit show(Context& context) {
  const auto& environment = context.environment();
  Table table({"value", "is", "from"});
  auto values = Json::array();
  for (const auto& one : explain(context)) {
    const bool bad = !one.problem.empty();
    const auto value = without_urls(one.shown), problem = without_urls(one.problem);
    table.add({{one.name, Style::strong},
               {bad ? problem : value, bad ? Style::bad : Style::plain},
               {one.origin, Style::dim}});
    values.push_back({{"name", one.name}, {"value", value}, {"origin", one.origin}, {"problem", problem}});
  }
  context.out.note(environment.anonymous ? "No environment is named: variables or a URL say which database."
                                         : fmt::format("environment {}", environment.name.value_or("")));
  context.out.data(table);
  context.out.document({{"environment", environment.name ? Json(*environment.name) : Json()},
                        {"anonymous", environment.anonymous},
                        {"values", values}});
  return Exit::done;
}

/// What is wrong with one environment: everything short of connecting.
std::vector<std::string> problems_of(Context& context, const environment::Listed& listed) {
  if (!listed.problem.empty()) return {listed.problem};
  auto request = context.request();
  request.name = listed.name;
  request.url.reset();
  request.variables.erase("DATABASE_URL");
  std::vector<std::string> problems;
  try {
    const auto environment = environment::load(request);
    const auto& driver = context.host.load_driver(environment.required_driver());
    for (const auto& one : environment.explain(driver.info()))
      if (!one.problem.empty()) problems.push_back(fmt::format("{}: {}", one.name, without_urls(one.problem)));
    if (problems.empty()) environment.options(driver.info());
  } catch (const Error& error) {
    const auto& details = error.details();
    const auto summary = without_urls(details.summary);
    problems.push_back(details.where.empty() ? summary : fmt::format("{} ({})", summary, details.where));
  }
  return problems;
}

Exit check(Context& context) {
  Table table({"name", "state", "problem"});
  auto documents = Json::array();
  auto exit = Exit::done;
  for (const auto& listed : environment::list(context.request())) {
    if (context.globals.env && *context.globals.env != listed.name) continue;
    const auto problems = problems_of(context, listed);
    if (problems.empty()) table.add({{listed.name, Style::strong}, {"ok", Style::good}, {""}});
    for (const auto& problem : problems) table.add({{listed.name, Style::strong}, {"problem", Style::bad}, {problem}});
    if (!problems.empty()) exit = Exit::usage;
    documents.push_back({{"name", listed.name}, {"file", listed.file}, {"problems", problems}});
  }
  if (table.empty()) context.environment();  // says which environment is unknown, or how to name a database
  context.out.data(table);
  context.out.document({{"environments", documents}});
  return exit;
}

class Env : public Command {
  void declare(Arguments& arguments) override {
    arguments.action<Action>(
        action_, {{"list", Action::list}, {"show", Action::show}, {"check", Action::check}},
        "list: all of them; show: each value and its origin; check: all of them, without connecting");
  }
  Exit run(Context& context) override {
    switch (action_) {
      case Action::list:
        return list(context);
      case Action::show:
        return show(context);
      case Action::check:
        return check(context);
    }
    return Exit::bug;
  }
  Action action_ = Action::list;
};

}  // namespace

std::unique_ptr<Command> make_env() {
  return std::make_unique<Env>();
}

}  // namespace dbctl::cli
