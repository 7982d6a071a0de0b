#include "app.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>
#include <signal.h>

#include "builder.hpp"
#include "command_line.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "help.hpp"
#include "hints.hpp"
#include "output/errors.hpp"
#include "output/standard_error.hpp"
#include "plugin_command.hpp"
#include "project.hpp"
#include "signals.hpp"

namespace dbctl::cli {
namespace {

constexpr Entry table[] = {
    {"migrate", "up", "migrations", "apply what is pending; resume what was interrupted", make_migrate, true},
    {"rollback", "down", "migrations", "revert migrations, newest first", make_rollback, true},
    {"redo", "", "migrations", "revert the newest migrations and apply them again", make_redo, true},
    {"fresh", "", "migrations", "drop all that dbctl manages, then migrate", make_fresh},
    {"status", "info", "migrations", "every migration and its state", make_status, true},
    {"plan", "", "migrations", "what migrate would run", make_plan, true},
    {"validate", "", "migrations", "check all migrations and seeders without a database", make_validate},
    {"history", "log", "migrations", "the ledger: what was done, by whom, how long it took", make_history, true},
    {"repair", "", "migrations", "change the ledger by hand", make_repair},
    {"test", "", "migrations", "prove migrations on a disposable database: crash, roundtrip, parity, lock", make_test},
    {"seed", "db:seed", "data", "run the seeders in dependency order", make_seed, true},
    {"init", "", "authoring", "a new project: environments, migrations, seeders, tests, Makefile", make_init},
    {"dev", "studio", "authoring", "watch the sources; build, apply and seed what is saved", make_dev},
    {"make", "", "authoring", "write a model, a migration or a seeder: make:model, make:migration (new), make:seeder",
     make_make, true},
    {"create", "", "database", "make the database", make_create},
    {"drop", "", "database", "drop the database", make_drop},
    {"wait", "", "database", "wait until the database answers", make_wait},
    {"ping", "", "database", "connect once", make_ping},
    {"doctor", "", "database", "examine connection, TLS, rights and settings", make_doctor},
    {"env", "", "setup", "the environments and where each value comes from", make_env},
    {"plugin", "", "setup", "the drivers and domains that are installed", make_plugin},
    {"errors", "", "help", "what an error code means", make_errors},
    {"completion", "", "help", "a completion script for a shell", make_completion},
};

/// One word for two, as other tools have them.
struct Shorthand {
  std::string_view word, command, action;
};
constexpr Shorthand shorthands[] = {{"make:model", "make", "model"},
                                    {"make:migration", "make", "migration"},
                                    {"make:seeder", "make", "seeder"},
                                    {"new", "make", "migration"}};

void expand_shorthand(CommandLine& line) {
  for (const auto& shorthand : shorthands) {
    if (line.command != shorthand.word) continue;
    line.command = shorthand.command;
    line.words.insert(line.words.begin(), std::string(shorthand.action));
  }
}

const Entry* find_command(std::string_view word) {
  const auto at = std::ranges::find_if(
      table, [&](const Entry& entry) { return entry.name == word || (!entry.alias.empty() && entry.alias == word); });
  return at == std::end(table) ? nullptr : &*at;
}

[[noreturn]] void refuse_command(const CommandLine& line, const plugin::PluginHost& host) {
  std::vector<std::string> names;
  for (const auto& entry : table) {
    names.emplace_back(entry.name);
    if (!entry.alias.empty()) names.emplace_back(entry.alias);
  }
  for (const auto& shorthand : shorthands) names.emplace_back(shorthand.word);
  for (const auto& found : host.available())
    if (found.kind == plugin::PluginKind::command) names.push_back(found.name);
  std::vector<std::string> next;
  if (!line.unknown_flag.empty())
    next.push_back(fmt::format("put {} after the command: only global flags may stand before it", line.unknown_flag));
  else if (const auto near = text::nearest(line.command, names))
    next.push_back(fmt::format("did you mean dbctl {}?", *near));
  next.emplace_back("dbctl --help");
  throw Error(codes::usage,
              {.summary = fmt::format("there is no command \"{}\"", line.command), .next = std::move(next)});
}

Exit show_help(Output& out, const std::string& text) {
  out.data(text);
  out.document({{"help", text}});
  return Exit::done;
}

Exit show_version(Output& out) {
  out.data(fmt::format("dbctl {}\n", DBCTL_VERSION));
  out.document({{"version", DBCTL_VERSION}});
  return Exit::done;
}

bool wants_help(const CommandLine& line) {
  return std::ranges::any_of(line.words, [](const auto& word) { return word == "--help" || word == "-h"; });
}

/// One command line, from its words to an exit code.
class Run {
 public:
  Run(std::optional<plugin::PluginHost>& host, std::optional<Output>& out, Globals& globals)
      : host_(host), out_(out), globals_(globals) {
    arguments_.as_global([&](Arguments& a) { globals_.declare(a); });
  }

  /// The output is set up again as soon as its flags are known to be right.
  Exit run(const std::vector<std::string>& words) {
    auto line = scan(words, arguments_);
    if (line.command == "help") {  // dbctl help COMMAND
      line.words.emplace_back("--help");
      line = scan(line.words, arguments_);
    }
    expand_shorthand(line);
    out_.emplace(line.output);
    if (line.command.empty()) return without_command(line);
    const auto* entry = find_command(line.command);
    return entry != nullptr ? built_in(*entry, line) : from_plugin(line);
  }

 private:
  Exit without_command(const CommandLine& line) {
    arguments_.parse("", line.words);
    if (globals_.version) return show_version(*out_);
    if (globals_.help) return show_help(*out_, overview());
    throw Error(codes::usage, {.summary = "no command was given", .next = {"dbctl --help", "dbctl status"}});
  }

  Exit built_in(const Entry& entry, const CommandLine& line) {
    const auto command = entry.make();
    command->declare(arguments_);
    // Help is given whatever else is on the line.
    if (wants_help(line)) return show_help(*out_, help_of(entry, arguments_));
    arguments_.parse(std::string(entry.name), line.words);
    out_.emplace(globals_.output());
    if (globals_.version) return show_version(*out_);
    find_plugins();
    Context context(*host_, globals_, *out_);
    check(context, entry);
    return command->run(context);
  }

  Exit from_plugin(const CommandLine& line) {
    std::vector<std::string> others;
    arguments_.parse(line.command, line.words, &others);
    out_.emplace(globals_.output());
    find_plugins();
    if (!host_->has_command(line.command)) refuse_command(line, *host_);
    auto& command = host_->load_command(line.command);
    const auto summary = command.summary();
    const Entry entry{.name = line.command, .alias = {}, .group = {}, .summary = summary, .make = nullptr};
    if (globals_.help) return show_help(*out_, help_of(entry, arguments_));
    Context context(*host_, globals_, *out_);
    check(context, entry);
    return run_plugin_command(context, command, std::move(others));
  }

  void find_plugins() {
    // Who names the folder of the environments means the one that he stands in.
    if (!globals_.environments) globals_.started_in = enter_project();
    if (globals_.url) globals_.url = globals_.url_from_here(*globals_.url);
    std::vector<std::filesystem::path> folders;
    for (const auto& folder : globals_.plugin_dirs) folders.emplace_back(globals_.path(folder));
    auto settings = plugin::search_settings(std::move(folders));
    settings.project = Builder().plugins();
    host_.emplace(std::move(settings));
  }

  /// The flags that mean the same to every command, also to those that would not look at them.
  void check(Context& context, const Entry& entry) const {
    if (globals_.confirm) context.check_confirm();
    if (!globals_.domain) return;
    if (!entry.by_domain)
      throw Error(codes::usage, {.summary = fmt::format("dbctl {} cannot be limited to one domain", entry.name),
                                 .where = "--domain",
                                 .next = {"leave out --domain", fmt::format("dbctl {} --help", entry.name)}});
    context.domain();
  }

  std::optional<plugin::PluginHost>& host_;
  std::optional<Output>& out_;
  Globals& globals_;
  Arguments arguments_;
};

int exit_code(const Error& error) noexcept {
  if (error.code().exit == Exit::stopped) return 128 + StopSignals::received();
  return static_cast<int>(error.code().exit);
}

int report(std::optional<Output>& out, const Error& error, const Globals& globals,
           const std::vector<std::string>& words) noexcept {
  try {
    if (!out) out.emplace(Output::Settings{});
    print_error(*out, error.code(), for_reader(error.details(), globals, words));
  } catch (...) {
    tell("error: there is no memory left to say what failed\n");
  }
  return exit_code(error);
}

}  // namespace

std::span<const Entry> commands() noexcept {
  return table;
}

int run(std::optional<plugin::PluginHost>& host, int argc, char** argv) {
  fill_closed_streams();
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away must not end a migration
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    return std::puts("dbctl " DBCTL_VERSION) < 0 || std::fflush(stdout) != 0 ? static_cast<int>(Exit::usage) : 0;
  }
  const std::vector<std::string> words(argv + 1, argv + argc);
  Globals globals;
  std::optional<Output> out;
  try {
    const auto exit = Run(host, out, globals).run(words);
    out->finish();
    return static_cast<int>(exit);
  } catch (const Error& error) {
    return report(out, error, globals, words);
  } catch (const std::exception& error) {
    return report(out, bug(error.what()), globals, words);
  } catch (...) {
    return report(out, bug("something that is not an exception was thrown"), globals, words);
  }
}

}  // namespace dbctl::cli
