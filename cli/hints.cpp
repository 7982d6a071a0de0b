#include "hints.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "command.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

constexpr std::string_view program = "dbctl ", after_scheme = "://";
constexpr const char* masked = "********";

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

/// What of the command line may hold a password, longest first: as a word, and as a flag's value.
std::vector<std::string> urls_in(const std::vector<std::string>& words) {
  std::vector<std::string> urls;
  const auto add = [&](const std::string& text) {
    if (text.find(after_scheme) != std::string::npos) urls.push_back(text);
  };
  for (const auto& word : words) {
    add(word);
    if (const auto equals = word.find('='); word.starts_with('-') && equals != std::string::npos)
      add(word.substr(equals + 1));
    if (word.size() > 2 && word[0] == '-' && word[1] != '-') add(word.substr(2));  // -ePRODUCTION
  }
  std::ranges::sort(urls, std::ranges::greater{}, &std::string::size);
  return urls;
}

std::string mask(const std::string& url) {
  return url.substr(0, url.find(after_scheme)) + std::string(after_scheme) + masked;
}

/// A part of a URL, as a list at whose comma it was cut.
std::string mask_rest(std::string text) {
  for (auto at = text.find(after_scheme); at != std::string::npos; at = text.find(after_scheme, at + 1)) {
    const auto begin = at + after_scheme.size();
    text.replace(begin, std::min(text.find_first_of(" \"\n", begin), text.size()) - begin, masked);
  }
  return text;
}

}  // namespace

Details for_reader(Details details, const Globals& globals, const std::vector<std::string>& words) {
  const auto urls = urls_in(words);
  const auto masking = [&](std::string text) {
    for (const auto& url : urls) text = text::replace_all(std::move(text), url, mask(url));
    return text;
  };
  for (auto* part : {&details.summary, &details.where, &details.why})
    *part = urls.empty() ? *part : mask_rest(masking(std::move(*part)));
  const auto flags = globals.database_flags();
  for (auto& next : details.next) {
    next = masking(std::move(next));
    if (!flags.empty()) next = with_flags(std::move(next), flags);
  }
  return details;
}

}  // namespace dbctl::cli
