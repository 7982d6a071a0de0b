#include "dbctl/testing/project.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/environment/environment.hpp"
#include "dbctl/migrate/migrator.hpp"
#include "dbctl/plugin/host.hpp"
#include "migrate/silent.hpp"

namespace dbctl::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_base = 40;  // of 63 characters that every database takes

environment::Environment environment_of_tests() {
  environment::Request request{.variables = environment::process_variables()};
  const auto set = [&](const char* name) {
    const auto found = request.variables.find(name);
    return found != request.variables.end() && !found->second.empty();
  };
  if (!set("DB_DRIVER") && !set("DATABASE_URL") && !set("DBCTL_ENV")) request.name = "test";
  auto environment = environment::load(request);
  if (environment.protect)
    throw Error(codes::policy_protected, {.summary = "tests do not run beside a protected database",
                                          .where = environment.name.value_or(""),
                                          .next = {"unset DBCTL_ENV, or name an environment that is not protected"}});
  return environment;
}

/// "shop_test_4711", for a file "data/shop_test_4711.db".
std::string beside(const driver::OptionSpec& spec, const std::string& name) {
  const auto suffix = fmt::format("_test_{}", getpid());
  if (spec.url != driver::UrlPart::path) return name.substr(0, longest_base) + suffix;
  const fs::path file(name);
  return (file.parent_path() / (file.stem().string() + suffix + file.extension().string())).string();
}

class QuietSeeding : public seed::Observer {
 public:
  void waiting(const std::string&) override {}
  void started(const std::string&, std::size_t) override {}
  void finished(const seed::SeederResult&) override {}
};

std::string whole_text(const Error& error) {
  const auto& details = error.details();
  auto text = fmt::format("{}: {}", error.code().id, details.summary);
  if (!details.where.empty()) text += "\n  where: " + details.where;
  if (!details.why.empty()) text += "\n  why:   " + details.why;
  for (const auto& next : details.next) text += "\n  next:  " + next;
  return text;
}

}  // namespace

struct Project::State {
  plugin::PluginHost host{plugin::search_settings()};
  environment::Environment environment = environment_of_tests();
  const driver::Driver& driver = host.load_driver(environment.required_driver());
  driver::Options options = environment.options(driver.info());
  catalog::Catalog catalog;
  bool created = false;
  std::optional<journal::Database> database;

  State() {
    for (const auto& name : domains()) host.load_domain(name, catalog);
    create();
    database.emplace(driver, options,
                     journal::Settings{.actor = {.user = "tests", .host = {}, .version = DBCTL_VERSION}});
  }
  ~State() {
    database.reset();
    if (!created) return;
    try {
      driver.drop_database(options);
    } catch (const Error& error) {
      // The program is about to end, and its tests have passed or failed already: told of, for somebody has to drop it.
      const auto text = fmt::format("{} is left behind:\n{}\n", driver.target(options), whole_text(error));
      std::fputs(text.c_str(), stderr);
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

 private:
  std::vector<std::string> domains() const {
    if (!environment.domains.empty()) return environment.domains;
    std::vector<std::string> names;
    for (const auto& plugin : host.available())
      if (plugin.kind == plugin::PluginKind::domain) names.push_back(plugin.name);
    return names;
  }

  void create() {
    const auto& info = driver.info();
    if (info.capabilities.in_process && driver.database_name(options) == ":memory:") return;
    const auto spec = std::ranges::find_if(info.options, [](const driver::OptionSpec& option) {
      return option.url == driver::UrlPart::name || option.url == driver::UrlPart::path;
    });
    if (spec == info.options.end())
      throw Error(codes::usage,
                  {.summary = fmt::format("the driver {} has no database of its own to test on", info.name)});
    options.set(*spec, beside(*spec, options.text(spec->name)), "the tests");
    try {
      created = driver.create_database(options);
    } catch (Error& error) {
      error.add_next("the tests make a database of their own: give the user the right to create it");
      error.add_next("or name an environment whose database is in memory: DBCTL_ENV=test");
      throw;
    }
    if (!created)
      throw Error(codes::usage, {.summary = fmt::format("{} is there already, and tests take no database of others",
                                                        driver.target(options)),
                                 .next = {"drop it, if an earlier run of the tests has left it"}});
  }
};

Project& Project::instance() {
  static const auto project = [] {
    try {
      auto made = std::make_unique<Project>();
      made->migrate();
      return made;
    } catch (const Error& error) {
      throw std::runtime_error(whole_text(error));
    }
  }();
  return *project;
}

Project::Project() : state_(std::make_unique<State>()) {}
Project::~Project() = default;

journal::Database& Project::database() {
  return *state_->database;
}

void Project::migrate() {
  migrate::Silent observer;
  migrate::migrate(database(), state_->catalog, state_->host.known_targets(), {}, observer);
}

void Project::rollback_all() {
  migrate::Silent observer;
  migrate::DownRequest request;
  request.all = true;
  migrate::rollback(database(), state_->catalog, state_->host.known_targets(), request, observer);
}

std::size_t Project::pending() {
  const migrate::Target target{
      .dialect = &database().dialect(), .names = database().target_names(), .known = state_->host.known_targets()};
  return migrate::plan_up(state_->catalog, database().read(), target).migrations.size();
}

seed::Outcome Project::seed(std::vector<std::string> only) {
  const migrate::Target target{
      .dialect = &database().dialect(), .names = database().target_names(), .known = state_->host.known_targets()};
  const auto schema = migrate::fold(state_->catalog, database().read(), target);
  QuietSeeding observer;
  return seed::run(database(), state_->catalog, schema, {.only = std::move(only)}, observer);
}

}  // namespace dbctl::testing
