#pragma once
#include <memory>
#include <stdexcept>
#include <string>

#include "dbctl/base/error.hpp"
#include "dbctl/driver/driver.hpp"
#include "dbctl/plugin/command.hpp"

namespace dbctl::plugin {

/// Whom to blame.
struct Origin {
  std::string plugin;  ///< driver "null"
  std::string file;
};

/// Turns the exception being handled into Error (plugin_threw).
[[noreturn]] void blame(const Origin& origin, std::string_view call);

/// Calls into a plugin: an Error passes, anything else that it throws becomes one.
template <class F>
decltype(auto) guarded(const Origin& origin, std::string_view call, F&& function) {
  try {
    return function();
  } catch (const Error&) {
    throw;
  } catch (...) {
    blame(origin, call);
  }
}

/// What a plugin's factory made; nothing at all is a failure of its code like an exception.
template <class T>
std::unique_ptr<T> not_null(std::unique_ptr<T> made) {
  if (!made) throw std::logic_error("it returned nothing");
  return made;
}

/// The driver with every call to it, to its dialects and to its connections guarded.
std::unique_ptr<driver::Driver> guard(std::unique_ptr<driver::Driver> driver, Origin origin);
/// The command with every call to it guarded.
std::unique_ptr<Command> guard(std::unique_ptr<Command> command, Origin origin);

}  // namespace dbctl::plugin
