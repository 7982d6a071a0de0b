#include <chrono>
#include <ctime>
#include <filesystem>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "child_process.hpp"
#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/codes.hpp"
#include "dev_round.hpp"
#include "watcher.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;

/// Editors save in several steps.
constexpr std::chrono::milliseconds calm{80};

class Dev : public Command {
  void declare(Arguments& a) override {
    a.flag({"--once"}, once_, "one round: build, roll back to what was edited, apply, seed; then end");
  }

  Exit run(Context& context) override {
    if (context.environment().protect)
      throw Error(codes::policy_protected, {.summary = "dbctl dev does not work on a protected environment",
                                            .where = context.environment().name.value_or(""),
                                            .next = {"dbctl dev --env development"}});
    if (once_) {
      dev_round(context);
      context.out.document({{"done", true}});
      return Exit::done;
    }
    if (context.out.json())
      throw Error(codes::usage, {.summary = "dbctl dev goes on and has no one document to print",
                                 .where = "--format json",
                                 .next = {"dbctl dev --once --format json", "leave out --format"}});
    if (context.in_memory())
      throw Error(codes::usage, {.summary = "a database in memory does not outlive a round of dbctl dev",
                                 .where = context.target(),
                                 .next = {"name an environment with a file: dbctl dev --env development"}});
    return watch(context);
  }

  /// Each round is a process of its own, for a plugin that was loaded once is never loaded anew. What else works while
  /// sources are watched (a server) belongs beside this loop: it waits on descriptors, and `interrupts` ends it.
  static Exit watch(Context& context) {
    const Interrupts interrupts;
    Watcher watcher;
    for (const auto* folder : {"migrations", "seeders", "models", "environments"}) watcher.add_tree(folder);
    watcher.add_tree("plugins/domains");
    watcher.add_files(".", {".env*", "CMakeLists.txt", "migrations", "seeders", "models", "environments"});
    if (context.globals.environments) watcher.add_tree(*context.globals.environments);
    const auto words = words_of_round(context);
    while (true) {
      const int status = run_attached(words, variables(context), interrupts);
      if (interrupts.came()) break;
      tell(context, status == 0 ? "watching; Ctrl-C ends it" : "waiting for it to be mended");
      const auto changed = watcher.wait(calm, interrupts.descriptor());
      if (changed.empty()) break;
      tell(context, changed.size() == 1
                        ? fmt::format("{} changed", changed.front().string())
                        : fmt::format("{} and {} more changed", changed.front().string(), changed.size() - 1));
    }
    context.out.note("");
    return Exit::done;
  }

  static void tell(Context& context, const std::string& text) {
    const auto now = std::time(nullptr);
    context.out.note(context.out.paint_error(Style::dim, fmt::format("[{:%H:%M:%S}] {}", fmt::localtime(now), text)));
  }

  /// The URL may hold a password, which has no place among the words of a process.
  static std::vector<std::string> variables(const Context& context) {
    if (!context.globals.url) return {};
    return {"DATABASE_URL=" + *context.globals.url};
  }

  static std::vector<std::string> words_of_round(const Context& context) {
    const auto& globals = context.globals;
    std::vector<std::string> words{"/proc/self/exe", "dev", "--once", "--no-input"};
    const auto add = [&](const char* flag, const std::optional<std::string>& value) {
      if (value) words.insert(words.end(), {flag, *value});
    };
    add("--env", globals.env);
    add("--environments", globals.environments);
    for (const auto& folder : globals.plugin_dirs) words.insert(words.end(), {"--plugin-dir", globals.path(folder)});
    if (globals.wait) add("--wait", fmt::format("{}ms", globals.wait->count()));
    if (globals.statement_timeout) add("--statement-timeout", fmt::format("{}ms", globals.statement_timeout->count()));
    if (globals.colours == Colours::always) add("--color", "always");
    if (globals.colours == Colours::never) add("--color", "never");
    if (globals.lock_timeout) add("--lock-timeout", fmt::format("{}ms", globals.lock_timeout->count()));
    if (globals.no_build) words.emplace_back("--no-build");
    if (globals.no_progress) words.emplace_back("--no-progress");
    if (globals.quiet) words.emplace_back("--quiet");
    for (int n = 0; n < globals.verbose; ++n) words.emplace_back("--verbose");
    return words;
  }

  bool once_ = false;
};

}  // namespace

std::unique_ptr<Command> make_dev() {
  return std::make_unique<Dev>();
}

}  // namespace dbctl::cli
