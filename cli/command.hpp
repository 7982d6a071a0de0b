#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.hpp"
#include "dbctl/base/error.hpp"

namespace dbctl::cli {

class Context;

/// One command: parse, call the core, print. To add one, write commands/<name>.cpp, declare its function in
/// commands/commands.hpp and add a line to the table in app.cpp.
class Command {
 public:
  virtual ~Command() = default;
  /// What it accepts besides the global flags; the variables named must live as long as the command.
  virtual void declare(Arguments& arguments) = 0;
  virtual Exit run(Context& context) = 0;
};

/// A line of the table.
struct Entry {
  std::string_view name;
  std::string_view alias;  ///< empty: none
  std::string_view group;
  std::string_view summary;
  std::unique_ptr<Command> (*make)();
  bool by_domain = false;  ///< it takes --domain
};

/// All commands, in the order of the overview.
std::span<const Entry> commands() noexcept;

}  // namespace dbctl::cli
