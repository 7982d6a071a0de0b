#include <fmt/format.h>

#include "commands/commands.hpp"
#include "context.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

enum class Shell : unsigned char { bash, zsh, fish };

/// What one command takes; built from the same declarations that parse it.
struct Known {
  const Entry* entry;
  std::vector<Argument> arguments;
};

std::vector<Known> known_commands() {
  std::vector<Known> all;
  for (const auto& entry : commands()) {
    Arguments arguments;
    const auto command = entry.make();
    command->declare(arguments);
    all.push_back({&entry, arguments.all()});
  }
  return all;
}

std::vector<Argument> global_arguments() {
  Arguments arguments;
  Globals globals;
  globals.declare(arguments);
  return arguments.all();
}

std::string words_of(const Entry& entry) {
  return entry.alias.empty() ? std::string(entry.name) : fmt::format("{} {}", entry.name, entry.alias);
}

std::string names_of(const std::vector<Argument>& arguments) {
  std::vector<std::string> names;
  for (const auto& argument : arguments) {
    const auto& words = argument.positional() ? argument.choices : argument.names;
    names.insert(names.end(), words.begin(), words.end());
  }
  return text::join(names, " ");
}

/// Cases of a shell's `case`: the flags that take one of a few words.
std::string bash_choices(const std::vector<Argument>& arguments) {
  std::string out;
  for (const auto& argument : arguments)
    if (!argument.positional() && !argument.choices.empty())
      out += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n",
                         text::join(argument.names, "|"), text::join(argument.choices, " "));
  return out;
}

constexpr std::string_view bash_template = R"sh(# bash completion for dbctl: source <(dbctl completion bash)
_dbctl() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command='' words='' i
  local global='@GLOBAL@'
  COMPREPLY=()
  case $before in
    -e|--env) COMPREPLY=($(compgen -W "$(dbctl env list 2>/dev/null | cut -d ' ' -f 1)" -- "$word")); return ;;
    --environments|--plugin-dir|-o|--output) COMPREPLY=($(compgen -f -- "$word")); return ;;
@CHOICES@  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
@SKIPPED@      -*) ;;
      *) command=${COMP_WORDS[i]}; break ;;
    esac
  done
  case $command in
    '') words='@COMMANDS@' ;;
@CASES@  esac
  COMPREPLY=($(compgen -W "$words $global" -- "$word"))
}
complete -F _dbctl dbctl
)sh";

std::string bash() {
  std::string words, cases, choices = bash_choices(global_arguments());
  for (const auto& known : known_commands()) {
    words += words_of(*known.entry) + " ";
    cases += fmt::format("    {}) words='{}' ;;\n", text::replace_all(words_of(*known.entry), " ", "|"),
                         names_of(known.arguments));
    choices += bash_choices(known.arguments);
  }
  std::vector<std::string> with_value;
  for (const auto& argument : global_arguments())
    if (argument.takes != Argument::Takes::nothing)
      with_value.insert(with_value.end(), argument.names.begin(), argument.names.end());
  auto out = text::replace_all(std::string(bash_template), "@GLOBAL@", names_of(global_arguments()));
  out = text::replace_all(std::move(out), "@CHOICES@", choices);
  out = text::replace_all(std::move(out), "@SKIPPED@",
                          fmt::format("      {}) i=$((i + 1)) ;;\n", text::join(with_value, "|")));
  out = text::replace_all(std::move(out), "@COMMANDS@", text::trim(words));
  return text::replace_all(std::move(out), "@CASES@", cases);
}

std::string single_quoted(std::string_view text) {
  return "'" + text::replace_all(std::string(text), "'", "'\\''") + "'";
}

/// `text` inside zsh's [explanation], where brackets and colons mean something.
std::string explained(std::string text) {
  for (const std::string_view c : {"[", "]", ":"}) text = text::replace_all(std::move(text), c, fmt::format("\\{}", c));
  return text;
}

std::string zsh_action(const Argument& argument) {
  if (argument.takes == Argument::Takes::nothing) return {};
  if (!argument.choices.empty())
    return fmt::format(":{}:({})", explained(argument.value), text::join(argument.choices, " "));
  const bool file = argument.value == "DIR" || argument.value == "FILE";
  return fmt::format(":{}:{}", explained(argument.value), file ? "_files" : "");
}

std::string zsh_specs(const std::vector<Argument>& arguments) {
  std::string out;
  for (const auto& argument : arguments) {
    if (argument.positional()) {
      out += fmt::format(" {}", single_quoted(fmt::format(":{}", zsh_action(argument))));
      continue;
    }
    for (const auto& name : argument.names)
      out += fmt::format(" \\\n        {}",
                         single_quoted(fmt::format("{}[{}]{}", name, explained(argument.help), zsh_action(argument))));
  }
  return out;
}

constexpr std::string_view zsh_template = R"sh(#compdef dbctl
# zsh completion for dbctl: dbctl completion zsh > "${fpath[1]}/_dbctl"
_dbctl() {
  local -a global commands
  global=(@GLOBAL@)
  commands=(
@COMMANDS@  )
  local context state line
  _arguments -C $global '1:command:->command' '*::argument:->argument'
  case $state in
    (command) _describe 'command' commands ;;
    (argument) case $words[1] in
@CASES@    esac ;;
  esac
}
if [[ $funcstack[1] == _dbctl ]]; then  # loaded from fpath by the first TAB, which this has to answer
  _dbctl "$@"
else
  compdef _dbctl dbctl
fi
)sh";

std::string zsh() {
  std::string list, cases;
  for (const auto& known : known_commands()) {
    const std::string summary(known.entry->summary);
    list += fmt::format("    {}\n", single_quoted(fmt::format("{}:{}", known.entry->name, explained(summary))));
    cases += fmt::format("      ({}) _arguments $global{} ;;\n", text::replace_all(words_of(*known.entry), " ", "|"),
                         zsh_specs(known.arguments));
  }
  auto out = text::replace_all(std::string(zsh_template), "@GLOBAL@", zsh_specs(global_arguments()));
  out = text::replace_all(std::move(out), "@COMMANDS@", list);
  return text::replace_all(std::move(out), "@CASES@", cases);
}

std::string fish_flags(const std::vector<Argument>& arguments, const std::string& condition) {
  std::string out;
  for (const auto& argument : arguments) {
    std::string line = "complete -c dbctl" + condition;
    if (argument.positional()) {
      if (argument.choices.empty()) continue;
      line += fmt::format(" -f -a {}", single_quoted(text::join(argument.choices, " ")));
    }
    for (const auto& name : argument.names)
      if (!argument.positional())
        line += name.starts_with("--") ? fmt::format(" -l {}", name.substr(2)) : fmt::format(" -s {}", name.substr(1));
    if (!argument.positional() && argument.takes != Argument::Takes::nothing)
      line +=
          argument.choices.empty() ? " -r" : fmt::format(" -x -a {}", single_quoted(text::join(argument.choices, " ")));
    out += fmt::format("{} -d {}\n", line, single_quoted(argument.help));
  }
  return out;
}

std::string fish() {
  std::string out = "# fish completion for dbctl: dbctl completion fish | source\n";
  for (const auto& known : known_commands())
    out += fmt::format("complete -c dbctl -n __fish_use_subcommand -f -a {} -d {}\n", known.entry->name,
                       single_quoted(known.entry->summary));
  out += fish_flags(global_arguments(), "");
  for (const auto& known : known_commands())
    out += fish_flags(known.arguments, fmt::format(" -n '__fish_seen_subcommand_from {}'", words_of(*known.entry)));
  return out;
}

class Completion : public Command {
  void declare(Arguments& a) override {
    a.action<Shell>(shell_, {{"bash", Shell::bash}, {"zsh", Shell::zsh}, {"fish", Shell::fish}},
                    "bash: source <(dbctl completion bash)");
  }

  Exit run(Context& context) override {
    const auto script = shell_ == Shell::bash ? bash() : shell_ == Shell::zsh ? zsh() : fish();
    context.out.data(script);
    context.out.document({{"script", script}});
    return Exit::done;
  }

  Shell shell_ = Shell::bash;
};

}  // namespace

std::unique_ptr<Command> make_completion() {
  return std::make_unique<Completion>();
}

}  // namespace dbctl::cli
