#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dbctl::cli {

/// One flag or positional argument, as parsing, help and completion see it.
struct Argument {
  enum class Takes : std::uint8_t { nothing, one, many };
  std::vector<std::string> names;  ///< {"-e", "--env"}; a positional has one, without dashes
  Takes takes = Takes::nothing;
  std::string value = {};  ///< "NAME", as help shows it
  std::string help = {};
  std::vector<std::string> choices = {};  ///< all that may be given; empty: anything
  bool required = false;                  ///< of a positional
  bool global = false;
  /// Called with what was given, `count` times for a flag; never called when it was not given.
  std::function<void(const std::vector<std::string>& given)> set;

  bool positional() const { return !names.front().starts_with('-'); }
};

/// What one command accepts, declared once: CLI11 parses it, help and completion print it. Values are checked here, so
/// that every error names its flag and says what is expected. Errors are DBCTL-CLI-001.
class Arguments {
 public:
  void flag(std::vector<std::string> names, bool& to, std::string help);
  void counter(std::vector<std::string> names, int& to, std::string help);
  void value(std::vector<std::string> names, std::optional<std::string>& to, std::string value, std::string help);
  /// Repeatable, and separated by commas.
  void list(std::vector<std::string> names, std::vector<std::string>& to, std::string value, std::string help);
  void number(std::vector<std::string> names, std::optional<std::size_t>& to, std::string value, std::string help);
  void duration(std::vector<std::string> names, std::optional<std::chrono::milliseconds>& to, std::string value,
                std::string help);
  template <class T>
  void choice(std::vector<std::string> names, T& to, std::vector<std::pair<std::string, T>> choices, std::string help) {
    one_of(std::move(names), texts_of(choices), std::move(help),
           [&to, choices](std::size_t chosen) { to = choices[chosen].second; });
  }
  void positional(std::string name, std::optional<std::string>& to, std::string help);
  /// The word after the command that says what to do: `dbctl env list`.
  template <class T>
  void action(T& to, std::vector<std::pair<std::string, T>> choices, std::string help) {
    one_of({"ACTION"}, texts_of(choices), std::move(help),
           [&to, choices](std::size_t chosen) { to = choices[chosen].second; });
    all_.back().required = true;
  }
  /// At most one of these may be given.
  void exclusive(std::vector<std::string> names);
  /// Exactly one of these must be given.
  void one_required(std::vector<std::string> names);

  /// Runs `declare`, whose arguments are then shown as global flags.
  void as_global(const std::function<void(Arguments&)>& declare);

  const std::vector<Argument>& all() const noexcept { return all_; }
  const Argument* find(std::string_view name) const noexcept;

  /// `words` without the program's and the command's name. Throws Error (usage). What is not declared is refused, or
  /// goes to `others` in order where that is given.
  void parse(const std::string& command, const std::vector<std::string>& words,
             std::vector<std::string>* others = nullptr);
  /// `text` by the rules of one argument.
  static std::vector<std::string> split_list(const std::vector<std::string>& given);

 private:
  template <class T>
  static std::vector<std::string> texts_of(const std::vector<std::pair<std::string, T>>& choices) {
    std::vector<std::string> texts;
    for (const auto& choice : choices) texts.push_back(choice.first);
    return texts;
  }
  void one_of(std::vector<std::string> names, std::vector<std::string> choices, std::string help,
              std::function<void(std::size_t)> set);
  void check_together(const std::string& command, const std::vector<const Argument*>& given) const;

  std::vector<Argument> all_;
  std::vector<std::vector<std::string>> exclusive_, one_required_;
};

}  // namespace dbctl::cli
