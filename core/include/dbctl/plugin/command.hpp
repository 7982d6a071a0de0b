#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/driver/driver.hpp"

namespace dbctl::plugin {

/// What a command has to work with. For the thread that calls `Command::run`, until it returns.
class DBCTL_API CommandContext {
 public:
  /// What stood on the command line after the command's name, without dbctl's own flags, in order.
  virtual const std::vector<std::string>& arguments() const = 0;
  /// The driver of the database that the environment, or a URL, names. Throws Error when none is named.
  virtual const driver::Driver& driver() = 0;
  /// A session with it, made at the first call, which is also where a database that bears another environment's name
  /// is refused. Throws Error with a connection code.
  virtual driver::Connection& connection() = 0;
  /// How SQL is written for this session's server.
  virtual const sql::Dialect& dialect() = 0;
  /// Text for stdout, with its own line ends. With --format json all of it becomes {"output": "..."}.
  virtual void print(std::string_view text) = 0;

 protected:
  virtual ~CommandContext();
};

/// What a command plugin implements: `dbctl NAME`, where NAME is the plugin's and no command of dbctl's own.
class DBCTL_API Command {
 public:
  virtual ~Command();
  /// One line, for `dbctl NAME --help`.
  virtual std::string summary() const = 0;
  /// Does it, once. What fails is thrown as an Error; codes::usage for arguments that cannot be understood.
  virtual Exit run(CommandContext& context) = 0;
};

}  // namespace dbctl::plugin
