#include "hints.hpp"

#include <fmt/format.h>

#include "command.hpp"
#include "mask.hpp"

namespace dbctl::cli {
namespace {

constexpr std::string_view program = "dbctl ";

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// How long the command is that `text` begins with, when it is one that works on a database; otherwise 0.
std::size_t command_length(std::string_view text) {
  constexpr std::string_view shows = "env show";
  if (text.starts_with(shows)) return shows.size();
  for (const auto& entry : commands()) {
    if (entry.group == "setup" || entry.group == "help") continue;
    for (const auto name : {entry.name, entry.alias}) {
      const bool whole = text.size() == name.size() || (text.size() > name.size() && !is_word(text[name.size()]));
      if (!name.empty() && text.starts_with(name) && whole) return name.size();
    }
  }
  return 0;
}

/// `text` with `flags` after each command in it that does not say yet which database it is for.
std::string with_flags(std::string text, const std::string& flags) {
  for (auto at = text.find(program); at != std::string::npos; at = text.find(program, at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;
    const auto begin = at + program.size();
    const auto length = command_length(std::string_view(text).substr(begin));
    if (length == 0) continue;
    const bool quoted = at > 0 && text[at - 1] == '`';
    const auto rest = text.substr(begin, text.find(quoted ? '`' : '\n', begin) - begin);
    const auto says = [&](const char* flag) { return rest.find(flag) != std::string::npos; };
    if (says("--env") || says(" -e ") || says("--url") || says("--help")) continue;
    text.insert(begin + length, flags);
  }
  return text;
}

}  // namespace

Details for_reader(Details details, const Globals& globals, const std::vector<std::string>& words) {
  const Mask mask(words);
  for (auto* part : {&details.summary, &details.where, &details.why}) *part = without_urls(mask(std::move(*part)));
  const auto flags = globals.database_flags();
  for (auto& next : details.next) {
    next = mask(std::move(next));
    if (!flags.empty()) next = with_flags(std::move(next), flags);
  }
  return details;
}

}  // namespace dbctl::cli
