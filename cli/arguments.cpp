#include "arguments.hpp"

#include <algorithm>
#include <charconv>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

using Given = std::vector<std::string>;

std::string help_of(const std::string& command) {
  return command.empty() ? "dbctl --help" : fmt::format("dbctl {} --help", command);
}

[[noreturn]] void refuse(const std::string& command, std::string summary, std::vector<std::string> next = {}) {
  next.push_back(help_of(command));
  throw Error(codes::usage, {.summary = std::move(summary), .next = std::move(next)});
}

/// Thrown by setters, which do not know their command.
struct BadValue {
  std::string expected;
  std::string given;
  std::string hint = {};
};

std::string last_name(const Argument& argument) {
  return argument.names.back();
}

CLI::Option* add_to(CLI::App& app, const Argument& argument) {
  const auto names = text::join(argument.names, ",");
  auto* option = argument.takes == Argument::Takes::nothing ? app.add_flag(names) : nullptr;
  if (option == nullptr) {
    option = app.add_option(names);
    option->type_name(argument.value);
    if (argument.takes == Argument::Takes::many) {
      option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    } else {
      option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    }
  }
  return option;
}

/// "--to: 1 required TEXT missing" -> "--to"
std::string option_in(const std::string& message) {
  const auto dash = message.find('-');
  if (dash == std::string::npos) return {};
  return message.substr(dash, message.find_first_of(": ,", dash) - dash);
}

std::vector<std::string> flags_of(const std::vector<Argument>& all) {
  std::vector<std::string> names;
  for (const auto& argument : all)
    if (!argument.positional()) names.push_back(last_name(argument));
  return names;
}

void refuse_extras(const std::string& command, const std::vector<std::string>& extras,
                   const std::vector<Argument>& all) {
  const auto dashed = std::ranges::find_if(extras, [](const auto& word) { return word.size() > 1 && word[0] == '-'; });
  if (dashed == extras.end()) {
    std::vector<std::string> next;
    if (extras.front().find("://") != std::string::npos) next.emplace_back("give a database's URL with --url");
    refuse(command, fmt::format("dbctl {} takes no further argument \"{}\"", command, extras.front()), std::move(next));
  }
  // What follows a single letter may be its value: -pSECRET.
  const auto flag = dashed->starts_with("--") ? dashed->substr(0, dashed->find('=')) : dashed->substr(0, 2);
  std::vector<std::string> next;
  if (const auto near = text::nearest(flag, flags_of(all))) next.push_back(fmt::format("did you mean {}?", *near));
  refuse(command, fmt::format("dbctl {} has no flag {}", command, flag), std::move(next));
}

}  // namespace

void Arguments::flag(std::vector<std::string> names, bool& to, std::string help) {
  all_.push_back({.names = std::move(names), .help = std::move(help), .set = [&to](const Given&) { to = true; }});
}

void Arguments::counter(std::vector<std::string> names, int& to, std::string help) {
  all_.push_back({.names = std::move(names), .help = std::move(help), .set = [&to](const Given& given) {
                    to += static_cast<int>(given.size());
                  }});
}

void Arguments::value(std::vector<std::string> names, std::optional<std::string>& to, std::string value,
                      std::string help) {
  all_.push_back({.names = std::move(names),
                  .takes = Argument::Takes::one,
                  .value = std::move(value),
                  .help = std::move(help),
                  .set = [&to](const Given& given) { to = given.back(); }});
}

std::vector<std::string> Arguments::split_list(const std::vector<std::string>& given) {
  std::vector<std::string> out;
  for (const auto& one : given)
    for (const auto& part : text::split(one, ','))
      if (const auto word = text::trim(part); !word.empty()) out.emplace_back(word);
  return out;
}

void Arguments::list(std::vector<std::string> names, std::vector<std::string>& to, std::string value,
                     std::string help) {
  all_.push_back({.names = std::move(names),
                  .takes = Argument::Takes::many,
                  .value = std::move(value),
                  .help = std::move(help),
                  .set = [&to](const Given& given) {
                    to = split_list(given);
                    if (to.empty()) throw BadValue{"a list of names separated by commas", given.back()};
                  }});
}

void Arguments::number(std::vector<std::string> names, std::optional<std::size_t>& to, std::string value,
                       std::string help) {
  all_.push_back({.names = std::move(names),
                  .takes = Argument::Takes::one,
                  .value = std::move(value),
                  .help = std::move(help),
                  .set = [&to](const Given& given) {
                    const auto& word = given.back();
                    std::size_t number = 0;
                    const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
                    if (failure != std::errc() || end != word.data() + word.size() || number == 0 ||
                        number > 1'000'000'000)
                      throw BadValue{"a whole number from 1", word};
                    to = number;
                  }});
}

void Arguments::duration(std::vector<std::string> names, std::optional<std::chrono::milliseconds>& to,
                         std::string value, std::string help) {
  all_.push_back({.names = std::move(names),
                  .takes = Argument::Takes::one,
                  .value = std::move(value),
                  .help = std::move(help),
                  .set = [&to](const Given& given) {
                    to = parse_duration(given.back());
                    if (to) return;
                    const bool bare = parse_duration(given.back() + "s").has_value();
                    throw BadValue{"a duration such as 10s, 500ms, 2m or 0", given.back(),
                                   bare ? fmt::format("did you mean {}s?", given.back()) : ""};
                  }});
}

void Arguments::one_of(std::vector<std::string> names, std::vector<std::string> choices, std::string help,
                       std::function<void(std::size_t)> set) {
  auto value = text::join(choices, "|");
  all_.push_back(
      {.names = std::move(names),
       .takes = Argument::Takes::one,
       .value = std::move(value),
       .help = std::move(help),
       .choices = choices,
       .set = [choices, set = std::move(set)](const Given& given) {
         const auto at = std::ranges::find(choices, given.back());
         if (at != choices.end()) return set(static_cast<std::size_t>(at - choices.begin()));
         const auto near = text::nearest(given.back(), choices);
         throw BadValue{text::join(choices, " or "), given.back(), near ? fmt::format("did you mean {}?", *near) : ""};
       }});
}

void Arguments::positional(std::string name, std::optional<std::string>& to, std::string help) {
  value({name}, to, name, std::move(help));
}

void Arguments::exclusive(std::vector<std::string> names) {
  exclusive_.push_back(std::move(names));
}

void Arguments::one_required(std::vector<std::string> names) {
  exclusive_.push_back(names);
  one_required_.push_back(std::move(names));
}

void Arguments::as_global(const std::function<void(Arguments&)>& declare) {
  const auto before = all_.size();
  declare(*this);
  for (auto i = before; i < all_.size(); ++i) all_[i].global = true;
}

const Argument* Arguments::find(std::string_view name) const noexcept {
  const auto at =
      std::ranges::find_if(all_, [&](const Argument& a) { return std::ranges::find(a.names, name) != a.names.end(); });
  return at == all_.end() ? nullptr : &*at;
}

void Arguments::check_together(const std::string& command, const std::vector<const Argument*>& given) const {
  const auto of = [&](const std::vector<std::string>& names) {
    std::vector<std::string> found;
    for (const auto& name : names)
      if (std::ranges::find(given, find(name)) != given.end()) found.push_back(name);
    return found;
  };
  for (const auto& names : exclusive_)
    if (const auto found = of(names); found.size() > 1)
      refuse(command, fmt::format("{} and {} exclude each other", found[0], found[1]));
  for (const auto& names : one_required_)
    if (of(names).empty()) refuse(command, fmt::format("dbctl {} needs one of {}", command, text::join(names, ", ")));
  for (const auto& argument : all_)
    if (argument.required && std::ranges::find(given, &argument) == given.end())
      refuse(command, fmt::format("dbctl {} needs {}", command, text::join(argument.choices, " or ")));
}

void Arguments::parse(const std::string& command, const std::vector<std::string>& words,
                      std::vector<std::string>* others) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> options;
  for (const auto& argument : all_) options.push_back(add_to(app, argument));
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them last first
  } catch (const CLI::ParseError& error) {
    const auto flag = option_in(error.what());
    if (flag.empty() || find(flag) == nullptr) refuse(command, error.what());
    const auto& argument = *find(flag);
    refuse(command, argument.takes == Argument::Takes::nothing ? fmt::format("{} takes no value", flag)
                                                               : fmt::format("{} needs a value", flag));
  }
  if (others != nullptr)
    *others = app.remaining();
  else if (const auto extras = app.remaining(); !extras.empty())
    refuse_extras(command, extras, all_);

  std::vector<const Argument*> given;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (options[i]->count() == 0) continue;
    given.push_back(&all_[i]);
    try {
      all_[i].set(options[i]->results());
    } catch (const BadValue& bad) {
      const auto subject = all_[i].positional() ? fmt::format("dbctl {}", command) : last_name(all_[i]);
      refuse(command, fmt::format("{} takes {}, not \"{}\"", subject, bad.expected, bad.given),
             bad.hint.empty() ? std::vector<std::string>{} : std::vector<std::string>{bad.hint});
    }
  }
  check_together(command, given);
}

}  // namespace dbctl::cli
