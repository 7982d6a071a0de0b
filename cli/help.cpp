#include "help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"
#include "globals.hpp"
#include "output/style.hpp"

namespace dbctl::cli {
namespace {

constexpr std::size_t text_column = 34;

std::string line(std::string_view left, std::string_view right) {
  std::string out = fmt::format("  {}", left);
  if (width(out) + 2 > text_column) return fmt::format("{}\n{}{}\n", out, std::string(text_column, ' '), right);
  return fmt::format("{}{}{}\n", out, std::string(text_column - width(out), ' '), right);
}

std::string shown(const Argument& argument) {
  if (argument.positional()) return argument.value;
  const bool has_short = argument.names.size() > 1 || argument.names.front().size() == 2;
  auto out = (has_short ? "" : "    ") + text::join(argument.names, ", ");
  if (argument.takes != Argument::Takes::nothing) out += " " + argument.value;
  return out;
}

std::string block(std::string_view title, const Arguments& arguments, bool global) {
  std::string out;
  for (const auto& argument : arguments.all())
    if (!argument.positional() && argument.global == global) out += line(shown(argument), argument.help);
  return out.empty() ? out : fmt::format("\n{}:\n{}", title, out);
}

std::string usage(const Entry& entry, const Arguments& arguments) {
  std::string out = fmt::format("dbctl {}", entry.name);
  for (const auto& argument : arguments.all())
    if (argument.positional()) out += argument.required ? " " + argument.value : fmt::format(" [{}]", argument.value);
  return out + " [flags]";
}

}  // namespace

std::string overview() {
  std::string out =
      "dbctl: database migrations and seeders, the same on every database\n\n"
      "usage: dbctl COMMAND [flags]\n";
  std::string_view group;
  for (const auto& entry : commands()) {
    if (entry.group != group) out += fmt::format("\n{}:\n", entry.group);
    group = entry.group;
    out += line(entry.alias.empty() ? std::string(entry.name) : fmt::format("{}, {}", entry.name, entry.alias),
                entry.summary);
  }
  Arguments arguments;
  Globals globals;
  arguments.as_global([&](Arguments& a) { globals.declare(a); });
  out += block("global flags, before or after the command", arguments, true);
  return out + "\n`dbctl COMMAND --help` shows a command's own flags.\n";
}

std::string help_of(const Entry& entry, const Arguments& arguments) {
  auto out = fmt::format("dbctl {}: {}\n\nusage: {}\n", entry.name, entry.summary, usage(entry, arguments));
  if (!entry.alias.empty()) out += fmt::format("alias: dbctl {}\n", entry.alias);
  std::string words;
  for (const auto& argument : arguments.all())
    if (argument.positional()) words += line(shown(argument), argument.help);
  if (!words.empty()) out += fmt::format("\narguments:\n{}", words);
  return out + block("flags", arguments, false) + block("global flags", arguments, true);
}

}  // namespace dbctl::cli
