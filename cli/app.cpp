#include "app.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include <fmt/format.h>
#include <signal.h>

#include "command_line.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "help.hpp"
#include "output/errors.hpp"
#include "signals.hpp"

namespace dbctl::cli {
namespace {

constexpr Entry table[] = {
    {"migrate", "up", "migrations", "apply what is pending; resume what was interrupted", make_migrate},
    {"rollback", "down", "migrations", "revert migrations, newest first", make_rollback},
    {"redo", "", "migrations", "revert the newest migrations and apply them again", make_redo},
    {"fresh", "", "migrations", "drop all that dbctl manages, then migrate", make_fresh},
    {"status", "info", "migrations", "every migration and its state", make_status},
    {"plan", "", "migrations", "what migrate would run", make_plan},
    {"validate", "", "migrations", "check all migrations and seeders without a database", make_validate},
    {"history", "log", "migrations", "the ledger: what was done, by whom, how long it took", make_history},
    {"repair", "", "migrations", "change the ledger by hand", make_repair},
    {"seed", "db:seed", "data", "run the seeders in dependency order", make_seed},
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

const Entry* find_command(std::string_view word) {
  const auto at = std::ranges::find_if(
      table, [&](const Entry& entry) { return entry.name == word || (!entry.alias.empty() && entry.alias == word); });
  return at == std::end(table) ? nullptr : &*at;
}

[[noreturn]] void refuse_command(const CommandLine& line) {
  std::vector<std::string> names;
  for (const auto& entry : table) {
    names.emplace_back(entry.name);
    if (!entry.alias.empty()) names.emplace_back(entry.alias);
  }
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

Exit without_command(Output& out, Arguments& arguments, const Globals& globals, const CommandLine& line) {
  arguments.parse("", line.words);
  if (globals.version) {
    out.data(fmt::format("dbctl {}\n", DBCTL_VERSION));
    out.document({{"version", DBCTL_VERSION}});
    return Exit::done;
  }
  if (globals.help) return show_help(out, overview());
  throw Error(codes::usage, {.summary = "no command was given", .next = {"dbctl --help", "dbctl status"}});
}

/// The output is set up again as soon as its flags are known to be right.
Exit run_line(std::optional<plugin::PluginHost>& host, std::optional<Output>& out, std::vector<std::string> words) {
  if (!words.empty() && words.front() == "help") words = {words.begin() + 1, words.end()}, words.push_back("--help");
  Globals globals;
  Arguments arguments;
  arguments.as_global([&](Arguments& a) { globals.declare(a); });
  const auto line = scan(words, arguments);
  out.emplace(line.output);
  if (line.command.empty()) return without_command(*out, arguments, globals, line);
  const auto* entry = find_command(line.command);
  if (entry == nullptr) refuse_command(line);
  const auto command = entry->make();
  command->declare(arguments);
  // Help is given whatever else is on the line.
  if (std::ranges::any_of(line.words, [](const auto& word) { return word == "--help" || word == "-h"; }))
    return show_help(*out, help_of(*entry, arguments));
  arguments.parse(std::string(entry->name), line.words);
  out.emplace(globals.output());
  host.emplace(plugin::search_settings({globals.plugin_dirs.begin(), globals.plugin_dirs.end()}));
  Context context(*host, globals, *out);
  return command->run(context);
}

int exit_code(const Error& error) {
  if (error.code().exit == Exit::stopped) return 128 + StopSignals::received();
  return static_cast<int>(error.code().exit);
}

int report(std::optional<Output>& out, const Error& error) {
  if (!out) out.emplace(Output::Settings{});
  print_error(*out, error);
  return exit_code(error);
}

}  // namespace

std::span<const Entry> commands() noexcept {
  return table;
}

int run(std::optional<plugin::PluginHost>& host, int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    return std::puts("dbctl " DBCTL_VERSION) < 0 || std::fflush(stdout) != 0 ? static_cast<int>(Exit::usage) : 0;
  }
  signal(SIGPIPE, SIG_IGN);  // a reader that goes away must not end a migration
  std::optional<Output> out;
  try {
    const auto exit = run_line(host, out, {argv + 1, argv + argc});
    out->finish();
    return static_cast<int>(exit);
  } catch (const Error& error) {
    return report(out, error);
  } catch (const std::exception& error) {
    return report(out, bug(error.what()));
  } catch (...) {
    return report(out, bug("something that is not an exception was thrown"));
  }
}

}  // namespace dbctl::cli
