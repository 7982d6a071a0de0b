#include "globals.hpp"

#include "dbctl/base/text.hpp"

namespace dbctl::cli {

void Globals::declare(Arguments& a) {
  a.value({"-e", "--env"}, env, "NAME", "the environment (DBCTL_ENV; development)");
  a.value({"--environments"}, environments, "DIR", "where the environment files are (environments)");
  a.value({"-u", "--url"}, url, "URL", "the database itself, instead of an environment (DATABASE_URL)");
  a.list({"--plugin-dir"}, plugin_dirs, "DIR", "look for plugins here first (DBCTL_PLUGIN_PATH)");
  a.value({"--domain"}, domain, "NAME", "only this domain's migrations and seeders");
  a.value({"--confirm"}, confirm, "NAME", "consent to destruction by the database's own name");
  a.flag({"-y", "--yes"}, yes, "answer questions with yes; never consents to destruction");
  a.duration({"--wait"}, wait, "TIME", "wait until the database answers (--wait alone: 60s)");
  a.duration({"--lock-timeout"}, lock_timeout, "TIME", "how long to wait for another dbctl (10s)");
  a.duration({"--statement-timeout"}, statement_timeout, "TIME", "end statements that run longer (0: never)");
  a.choice<Format>({"--format"}, format, {{"text", Format::text}, {"json", Format::json}},
                   "text for people, json for scripts");
  a.choice<Colours>({"--color"}, colours,
                    {{"auto", Colours::automatic}, {"always", Colours::always}, {"never", Colours::never}},
                    "auto: on a terminal (NO_COLOR)");
  a.flag({"-q", "--quiet"}, quiet, "only what was asked for, and errors");
  a.counter({"-v", "--verbose"}, verbose, "also every statement");
  a.flag({"--no-progress"}, no_progress, "no live line");
  a.flag({"--no-input"}, no_input, "never ask");
  a.flag({"--no-build"}, no_build, "do not build the project's domains, whatever was edited");
  a.flag({"-h", "--help"}, help, "this help");
  a.flag({"--version"}, version, "the version");
}

Output::Settings Globals::output() const {
  Output::Settings settings{.format = format, .colours = colours, .progress = !no_progress, .input = !no_input};
  if (verbose > 0) settings.level = Level::debug;
  if (quiet) settings.level = Level::error;
  return settings;
}

std::string Globals::path(const std::string& written) const {
  std::error_code none;
  const auto here = std::filesystem::current_path(none);
  return started_in.empty() || started_in == here ? written : (started_in / written).string();
}

std::string Globals::url_from_here(const std::string& written) const {
  const auto colon = written.find(':');
  if (colon == std::string::npos || colon + 1 >= written.size()) return written;
  const char first = written[colon + 1];  // of an authority, an absolute path, or a name that is no file
  if (first == '/' || first == ':') return written;
  return written.substr(0, colon + 1) + path(written.substr(colon + 1));
}

std::string Globals::database_flags() const {
  std::string text;
  if (env) text += " --env " + shell_word(*env);
  if (environments) text += " --environments " + shell_word(*environments);
  if (url) text += " --url URL";  // it may hold a password
  return text;
}

std::string Globals::command(const std::string& what) const {
  return "dbctl " + what + database_flags();
}

std::string shell_word(const std::string& text) {
  constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/";
  if (!text.empty() && text.find_first_not_of(plain) == std::string::npos) return text;
  return "'" + text::replace_all(text, "'", "'\\''") + "'";
}

}  // namespace dbctl::cli
