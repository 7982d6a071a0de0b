#include "library.hpp"

#include <boost/dll/shared_library.hpp>
#include <dlfcn.h>
#include <fmt/format.h>

#include "check.hpp"
#include "dbctl/base/codes.hpp"

namespace dbctl::plugin {

namespace {

constexpr const char* symbol = "dbctl_plugin";

[[noreturn]] void refused(const PluginInfo& info, const std::string& why) {
  std::string next = "rebuild the plugin against this dbctl";
  if (why.find("cannot open shared object file") != std::string::npos) {
    next = fmt::format("install the library that it names; `ldd {}` shows all that are missing", info.file.string());
  }
  throw Error(codes::plugin_load, {.summary = "the dynamic loader refused the plugin",
                                   .where = info.file.string(),
                                   .why = why,
                                   .next = {std::move(next)}});
}

/// The loader's own words about the last failure, without the plugin's path, which the error names already.
std::string loader_message(const PluginInfo& info, const std::error_code& error) {
  const char* text = ::dlerror();
  if (text == nullptr) return error.message();
  const std::string message = text;
  const std::string prefix = info.file.string() + ": ";
  return message.starts_with(prefix) ? message.substr(prefix.size()) : message;
}

void check_descriptor(const PluginInfo& info, const PluginDescriptor& plugin) {
  const auto broken = [&](std::string why) {
    throw Error(codes::plugin_magic, {.summary = "the plugin's descriptor is not dbctl's",
                                      .where = info.file.string(),
                                      .why = std::move(why),
                                      .next = {"rebuild the plugin against this dbctl's headers"}});
  };
  if (plugin.magic != PluginDescriptor::magic_number) {
    broken(fmt::format("it begins with {:08x} instead of {:08x}", plugin.magic, PluginDescriptor::magic_number));
  }
  if (plugin.size < sizeof(PluginDescriptor)) {
    broken(fmt::format("it has {} bytes instead of {}", plugin.size, sizeof(PluginDescriptor)));
  }
  if (plugin.toolchain == nullptr || plugin.dbctl_version == nullptr || plugin.name == nullptr) {
    broken("it lacks its toolchain, version or name");
  }
  check_build(info.file, plugin.abi, plugin.toolchain, plugin.dbctl_version);
  check_kind(info.file, info.kind, to_string(plugin.kind));
  check_name(info.file, info.name, plugin.name);
  const bool complete = (info.kind == PluginKind::driver && plugin.make_driver != nullptr) ||
                        (info.kind == PluginKind::domain && plugin.register_domain != nullptr) ||
                        (info.kind == PluginKind::command && plugin.make_command != nullptr);
  if (!complete) broken(fmt::format("it lacks the function that a {} has", to_string(info.kind)));
}

}  // namespace

const PluginDescriptor& load(const PluginInfo& info) {
  using boost::dll::load_mode::type;
  // RTLD_NODELETE: closing the handle below leaves the plugin in place, so that nothing outlives its code.
  constexpr auto mode = static_cast<type>(boost::dll::load_mode::rtld_now | RTLD_LOCAL | RTLD_NODELETE);
  std::error_code error;
  const boost::dll::shared_library library(info.file, error, mode);
  if (error) refused(info, loader_message(info, error));
  if (!library.has(symbol)) {
    throw Error(codes::plugin_not_plugin,
                {.summary = "the library is not a dbctl plugin",
                 .where = info.file.string(),
                 .why = "it has the dbctl note, but does not export `dbctl_plugin`",
                 .next = {"link it as dbctl_add_driver, dbctl_add_domain and dbctl_add_command do"}});
  }
  const auto& plugin = library.get<const PluginDescriptor>(symbol);
  check_descriptor(info, plugin);
  return plugin;
}

}  // namespace dbctl::plugin
