#include "context.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "builder.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

using namespace std::chrono_literals;

/// The subject of a driver's finding about statements that the server lets run beyond --statement-timeout.
constexpr const char* limit_subject = "statement_timeout";
constexpr auto first_pause = 250ms, longest_pause = 1000ms;

journal::Actor actor() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  const passwd* user = getpwuid(geteuid());
  return {.user = user != nullptr ? user->pw_name : std::to_string(geteuid()),
          .host = host.data(),
          .version = DBCTL_VERSION};
}

/// Silence of the server, which time may heal; a wrong password it does not.
bool may_pass(const Error& error) {
  return error.code().id == codes::connection_failed.id || error.code().id == codes::connection_lost.id;
}

/// What a command did is told whatever the environment's level; only -q silences it.
Level level_of(environment::LogLevel level) {
  switch (level) {
    case environment::LogLevel::debug:
      return Level::debug;
    case environment::LogLevel::info:
      return Level::info;
    case environment::LogLevel::warn:
    case environment::LogLevel::error:
      return Level::warn;
  }
  return Level::info;
}

}  // namespace

Context::Context(plugin::PluginHost& plugins, const Globals& flags, Output& output)
    : host(plugins), globals(flags), out(output) {}
Context::~Context() = default;

environment::Request Context::request() const {
  environment::Request request{.name = globals.env, .url = globals.url};
  if (globals.environments) request.folder = *globals.environments;
  request.variables = environment::process_variables();
  return request;
}

const environment::Environment& Context::environment() {
  if (!environment_) {
    environment_ = environment::load(request());
    if (globals.verbose == 0 && !globals.quiet) out.set_level(level_of(environment_->log_level));
  }
  return *environment_;
}

const driver::Driver& Context::driver() {
  if (driver_ == nullptr) driver_ = &host.load_driver(environment().required_driver());
  return *driver_;
}

const driver::Options& Context::options() {
  if (!options_) options_ = environment().options(driver().info());
  return *options_;
}

const driver::Options& Context::known_options() {
  if (!known_options_) known_options_ = environment().options(driver().info(), environment::Missing::allowed);
  return *known_options_;
}

std::string Context::database_name() {
  return driver().database_name(known_options());
}

std::string Context::target() {
  return driver().target(known_options());
}

bool Context::in_memory() {
  return driver().info().capabilities.in_process && database_name() == ":memory:";
}

bool Context::file_is_missing() {
  const auto& info = driver().info();
  if (!info.capabilities.in_process || in_memory()) return false;
  const auto& values = known_options();
  std::error_code unknown;
  return std::ranges::any_of(info.options, [&](const driver::OptionSpec& spec) {
    return spec.url == driver::UrlPart::path && values.has(spec.name) &&
           !std::filesystem::exists(values.text(spec.name), unknown);
  });
}

void Context::require_file() {
  if (!file_is_missing()) return;
  throw Error(codes::connection_database, {.summary = "the database file does not exist",
                                           .where = target(),
                                           .next = {globals.command("migrate"), globals.command("create")}});
}

/// The environment's own list, also for a run that names no environment: the project's default environment says which
/// domains there are, and that is no matter of the database. Without a list all that is installed counts, also what
/// cannot be loaded: that is an error, for a domain left out silently would be a migration left out.
std::vector<std::string> Context::domains() {
  if (!environment().domains.empty()) return environment().domains;
  std::vector<std::string> names;
  for (const auto& plugin : host.available())
    if (plugin.kind == plugin::PluginKind::domain) names.push_back(plugin.name);
  return names;
}

const catalog::Catalog& Context::catalog() {
  if (!catalog_) {
    build_domains();
    catalog::Catalog all;
    for (const auto& name : domains()) host.load_domain(name, all);
    catalog_ = std::move(all);
  }
  return *catalog_;
}

/// A source that is newer than what is built from it would be a migration left out silently: it is built, or told of.
void Context::build_domains() {
  const Builder builder;
  const auto names = builder.own(domains());
  if (names.empty() || !builder.is_stale(names)) return;
  if (!environment().protect && !globals.no_build) return builder.build(names, out);
  out.note(fmt::format("note: sources are newer than what is built from them, and {}",
                       globals.no_build ? "--no-build was given" : "a protected environment builds nothing"));
}

bool Context::several_domains() {
  return catalog().domains().size() > 1;
}

std::string Context::label(const std::string& domain, const std::string& version, const std::string& name) {
  const auto id = version + '_' + name;
  return several_domains() ? domain + '/' + id : id;
}

std::string Context::domain() {
  if (!globals.domain) return {};
  std::vector<std::string> names;
  for (const auto& loaded : catalog().domains()) names.push_back(loaded.name);
  if (std::ranges::find(names, *globals.domain) == names.end())
    throw Error(codes::usage, {.summary = fmt::format("there is no domain \"{}\"", *globals.domain),
                               .where = "--domain",
                               .next = {text::did_you_mean(*globals.domain, names), "dbctl plugin list"}});
  return *globals.domain;
}

const std::vector<std::string>& Context::known_targets() {
  if (!known_targets_) known_targets_ = host.known_targets();
  return *known_targets_;
}

migrate::Target Context::migration_target() {
  if (!database_ && file_is_missing()) {
    const auto& info = driver().info();
    return {.dialect = &driver().dialect(info.assumed), .names = {info.name}, .known = known_targets()};
  }
  return {.dialect = &database().dialect(), .names = database().target_names(), .known = known_targets()};
}

void Context::check_confirm() {
  if (!globals.confirm) return;
  const auto name = database_name();
  if (*globals.confirm == name) return;
  throw Error(codes::policy_confirmation,
              {.summary = fmt::format("--confirm {} does not name the database", *globals.confirm),
               .where = target(),
               .why = fmt::format("the database is \"{}\"", name),
               .next = {"dbctl env show", fmt::format("--confirm {}, if that is the one you mean", shell_word(name))}});
}

void Context::wait_for(std::chrono::milliseconds patience, const std::function<void()>& connect) {
  const auto start = std::chrono::steady_clock::now();
  for (auto pause = first_pause;; pause = std::min(pause * 2, longest_pause)) {
    try {
      connect();
      out.live({});
      return;
    } catch (Error& error) {
      const auto left = patience - (std::chrono::steady_clock::now() - start);
      if (!may_pass(error)) throw;
      if (left <= 0ms) throw;
      if (pause == first_pause) out.live(fmt::format("waiting for {}", target()));
      std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(pause, left));
    }
  }
}

journal::Settings Context::settings() {
  journal::Settings settings{.actor = actor(), .protect = environment().protect};
  if (globals.lock_timeout) settings.lock_timeout = *globals.lock_timeout;
  if (globals.statement_timeout) settings.statement_timeout = *globals.statement_timeout;
  if (environment().lock == "lease") settings.lease = environment().lease.value_or(journal::default_lease);
  if (environment().ddl_lock_timeout) settings.ddl_lock_timeout = *environment().ddl_lock_timeout;
  if (!environment().anonymous) settings.environment = environment().name.value_or("");
  return settings;
}

journal::Database& Context::database() {
  if (database_) return *database_;
  const auto& resolved = options();
  for (const auto& remark : environment().notes(driver().info())) out.note("note: " + remark);
  try {
    wait_for(globals.wait.value_or(0ms), [&] { database_.emplace(driver(), resolved, settings()); });
  } catch (Error& error) {
    if (error.code().id == codes::connection_database.id && error.details().next.empty())
      error.add_next(globals.command("create"));
    throw;
  }
  if (globals.statement_timeout.value_or(0ms) > 0ms) tell_what_is_not_limited();
  return *database_;
}

void Context::tell_what_is_not_limited() {
  for (const auto& finding : database_->connection().examine())
    if (finding.subject == limit_subject && finding.level != driver::Finding::Level::good)
      out.note(fmt::format("note: --statement-timeout: {}", finding.text));
}

journal::State Context::read() {
  if (!database_ && file_is_missing()) return {};
  return database().read();
}

bool Context::is_protected(const journal::State& state) {
  if (environment().protect) return true;
  const auto own = state.meta.find(std::string(journal::meta::protect));
  return environment().anonymous && own != state.meta.end() && own->second == "true";
}

}  // namespace dbctl::cli
