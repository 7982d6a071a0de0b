#include "command_line.hpp"

namespace dbctl::cli {
namespace {

/// Whether the flags in `word` take the next word as their value. Sets `unknown` when a flag is none of the globals.
bool takes_next(const std::string& word, const Arguments& globals, std::string& unknown) {
  const auto look_up = [&](const std::string& name) {
    const auto* found = globals.find(name);
    if (found == nullptr && unknown.empty()) unknown = name;
    return found != nullptr && found->takes != Argument::Takes::nothing;
  };
  if (word.starts_with("--")) return look_up(word.substr(0, word.find('='))) && word.find('=') == std::string::npos;
  for (std::size_t i = 1; i < word.size(); ++i)
    if (look_up(std::string("-") + word[i])) return i + 1 == word.size();
  return false;
}

void read_output(const std::string& flag, const std::string& value, Output::Settings& output) {
  if (flag == "--format" && value == "json") output.format = Format::json;
  if (flag == "--color" && value == "always") output.colours = Colours::always;
  if (flag == "--color" && value == "never") output.colours = Colours::never;
}

void read_output(const std::vector<std::string>& words, Output::Settings& output) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto equals = words[i].find('=');
    if (equals != std::string::npos) read_output(words[i].substr(0, equals), words[i].substr(equals + 1), output);
    if (i + 1 < words.size()) read_output(words[i], words[i + 1], output);
  }
}

}  // namespace

CommandLine scan(const std::vector<std::string>& words, const Arguments& globals) {
  CommandLine line;
  read_output(words, line.output);
  bool flags_are_over = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    const bool flag = !flags_are_over && word.size() > 1 && word.front() == '-';
    if (word == "--" && !flags_are_over) {
      flags_are_over = true;
      line.words.push_back(word);
    } else if (!flag && line.command.empty()) {
      line.command = word;
    } else {
      line.words.push_back(flag && word == "--wait" ? "--wait=60s" : word);
      const bool value_follows =
          flag && line.command.empty() && word != "--wait" && takes_next(word, globals, line.unknown_flag);
      if (value_follows && i + 1 < words.size()) line.words.push_back(words[++i]);
    }
  }
  return line;
}

}  // namespace dbctl::cli
