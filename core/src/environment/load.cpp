#include <algorithm>
#include <chrono>
#include <span>

#include <fmt/format.h>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "dbctl/environment/environment.hpp"
#include "environment/files.hpp"
#include "environment/sources.hpp"

namespace dbctl::environment {
namespace {

using namespace std::chrono_literals;
using driver::OptionSpec;
using driver::OptionType;

constexpr const char* the_default = "the default";

/// A value and where it came from.
struct Found {
  std::string value;
  std::string origin;
};

[[noreturn]] void refuse(std::string summary, std::string where, std::string next) {
  throw Error(codes::environment_value,
              {.summary = std::move(summary), .where = std::move(where), .next = {std::move(next)}});
}

std::string checked_name(std::string name, const std::string& path, const std::string& origin) {
  if (is_plain_name(name)) return name;
  refuse(fmt::format("\"{}\" takes a name of lower-case letters, digits, - and _", path), origin,
         "dbctl plugin list shows the names");
}

/// Of the highest layer that has a value: an empty one counts as not set.
const Variable* find_chosen(const VariableStack& variables, const std::string& name, std::size_t& layer) {
  for (layer = 0; layer < variables.layers().size(); ++layer) {
    const auto found = variables.layers()[layer].find(name);
    if (found != variables.layers()[layer].end() && !found->second.get().empty()) return &found->second;
  }
  return nullptr;
}

void read_url(const Request& request, Sources& sources) {
  if (request.url) {
    sources.url = parse_url(*request.url, "--url");
  } else if (const auto* variable = find_chosen(sources.variables, "DATABASE_URL", sources.url_layer)) {
    sources.url = parse_url(variable->get(), variable->origin);
  }
}

/// A .env file is read after the environment is chosen, so it cannot choose one.
void refuse_choice_in_file(const VariableStack& variables, const std::optional<std::string>& name) {
  for (const auto& layer : std::span(variables.layers()).subspan(1)) {
    const auto found = layer.find("DBCTL_ENV");
    if (found == layer.end() || found->second.get() == name) continue;
    throw Error(codes::environment_key,
                {.summary = "DBCTL_ENV in a .env file chooses nothing",
                 .where = found->second.origin,
                 .why = name ? fmt::format("this run is for the environment \"{}\"", *name) : "this run is for none",
                 .next = {"export DBCTL_ENV, or give --env"}});
  }
}

/// "product 10.11"
sql::ServerInfo parse_server(const Found& found) {
  const auto refuse_form = [&] {
    refuse("\"server\" takes a product and a version", found.origin, "write server: PRODUCT 10.11");
  };
  const auto words = text::split(found.value, ' ');
  if (words.size() != 2) refuse_form();
  sql::ServerInfo server{.product = checked_name(words[0], "server", found.origin)};
  const auto numbers = text::split(words[1], '.');
  int* const parts[] = {&server.version.major, &server.version.minor, &server.version.patch};
  if (numbers.size() > std::size(parts)) refuse_form();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto& digits = numbers[i];
    if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
      refuse_form();
    *parts[i] = std::stoi(digits);
  }
  return server;
}

/// What an environment says by itself, read from its sources, with an explanation of each value.
class Builder {
 public:
  Builder(Environment& environment, Sources& sources) : environment_(environment), sources_(sources) {}

  void build() {
    const auto& settings = sources_.settings;
    read_driver();
    read_domains();
    environment_.protect = flag("protect", settings.protect);
    environment_.disposable = flag("disposable", settings.disposable);
    environment_.kill_command = command("disposable.kill", settings.kill);
    environment_.restart_command = command("disposable.restart", settings.restart);
    refuse_contradiction();
    read_server();
    read_log_level();
    read_lock();
    if (const auto& limit = settings.ddl_lock_timeout) {
      environment_.ddl_lock_timeout = duration(*limit, 0ms);
      explain("ddl_lock_timeout", expand(*limit), limit->where);
    }
  }

 private:
  void explain(const char* name, std::string shown, std::string origin) {
    sources_.explanations.push_back(
        {.name = name, .shown = std::move(shown), .origin = std::move(origin), .problem = {}});
  }

  std::string expand(const Setting& setting) const {
    return sources_.variables.expand(setting.value, fmt::format("{} ({})", setting.where, setting.path));
  }

  Found scalar(const std::optional<Setting>& setting, std::string fallback) const {
    return setting ? Found{expand(*setting), setting->where} : Found{std::move(fallback), the_default};
  }

  /// URL > DB_DRIVER > `driver:`; of a URL and a DB_DRIVER in the same layer the URL counts.
  void read_driver() {
    const auto& setting = sources_.settings.driver;
    if (setting) sources_.yaml_driver = checked_name(expand(*setting), "driver", setting->where);
    std::size_t layer = 0;
    const auto* variable = find_chosen(sources_.variables, "DB_DRIVER", layer);
    Found driver;
    if (sources_.url && (!variable || sources_.url_layer <= layer)) {
      driver = {sources_.url->scheme, sources_.url->origin};
    } else if (variable) {
      driver = {checked_name(variable->get(), "DB_DRIVER", variable->origin), variable->origin};
    } else if (setting) {
      driver = {sources_.yaml_driver, setting->where};
    }
    environment_.driver = driver.value;
    environment_.driver_origin = driver.origin;
    explain("driver", driver.value, driver.origin);
  }

  void read_domains() {
    const auto& setting = sources_.settings.domains;
    auto& names = environment_.domains;
    for (const auto& item : setting.value_or(std::vector<Setting>())) {
      auto name = checked_name(expand(item), "domains", item.where);
      if (std::ranges::find(names, name) != names.end())
        refuse("\"domains\" has an entry twice", item.where, "take one of the two out");
      names.push_back(std::move(name));
    }
    explain("domains", text::join(names, ", "),
            !setting           ? the_default
            : setting->empty() ? sources_.settings.file
                               : setting->front().where);
  }

  /// Converted by the same strict rules as a driver's options.
  bool flag(const char* name, const std::optional<Setting>& setting) {
    const auto found = scalar(setting, "false");
    driver::Options options;
    options.set({.name = name, .type = OptionType::boolean, .help = {}}, found.value, found.origin);
    explain(name, found.value, found.origin);
    return options.flag(name);
  }

  /// Explained only where it is written: few environments have any.
  std::string command(const char* name, const std::optional<Setting>& setting) {
    const auto found = scalar(setting, "");
    if (setting) explain(name, found.value, found.origin);
    return found.value;
  }

  std::string choice(const char* name, std::vector<std::string> choices, const Found& found) {
    driver::Options options;
    options.set({.name = name, .type = OptionType::choice, .help = {}, .choices = std::move(choices)}, found.value,
                found.origin);
    explain(name, found.value, found.origin);
    return options.text(name);
  }

  void refuse_contradiction() const {
    if (!environment_.protect || !environment_.disposable) return;
    throw Error(codes::environment_value, {.summary = "an environment cannot be both protected and disposable",
                                           .where = sources_.settings.disposable->where,
                                           .why = "\"protect\" is true at " + sources_.settings.protect->where,
                                           .next = {"delete one of the two"}});
  }

  void read_server() {
    const auto& setting = sources_.settings.server;
    const auto found = scalar(setting, "");
    if (setting) environment_.server = parse_server(found);
    explain("server", found.value, found.origin);
  }

  void read_log_level() {
    const std::vector<std::string> levels = {"debug", "info", "warn", "error"};
    std::size_t layer = 0;
    const auto* variable = find_chosen(sources_.variables, "LOG_LEVEL", layer);
    auto found = variable ? Found{variable->get(), variable->origin} : scalar(sources_.settings.log_level, "info");
    found.value = text::lower(found.value);
    const auto level = choice("log_level", levels, found);
    environment_.log_level = static_cast<LogLevel>(std::ranges::find(levels, level) - levels.begin());
  }

  void read_lock() {
    const auto& lease = sources_.settings.lease;
    if (lease) {
      environment_.lock = "lease";
      environment_.lease = duration(*lease, 1s);
      explain("lock", "lease, " + expand(*lease), lease->where);
      return;
    }
    environment_.lock = choice("lock", {"session", "lease"}, scalar(sources_.settings.lock, environment_.lock));
  }

  std::chrono::milliseconds duration(const Setting& setting, std::chrono::milliseconds least) const {
    const auto text = expand(setting);
    const auto time = parse_duration(text);
    if (!time || *time < least)
      refuse(fmt::format("\"{}\" takes a duration{}", setting.path,
                         least.count() > 0 ? fmt::format(" of at least {} ms", least.count()) : ""),
             setting.where, "write one such as 30s, 500ms or 2m");
    return *time;
  }

  Environment& environment_;
  Sources& sources_;
};

}  // namespace

Environment load(const Request& request) {
  const auto choice = choose(request);
  Environment environment;
  environment.name = choice.name;
  environment.anonymous = !choice.name.has_value();
  auto sources = std::make_unique<Sources>(Sources{.variables = read_variables(request, choice)});
  sources->settings = read_environment_file(request, choice);
  refuse_choice_in_file(sources->variables, choice.name);
  read_url(request, *sources);
  Builder(environment, *sources).build();
  environment.sources_ = std::move(sources);
  return environment;
}

}  // namespace dbctl::environment
