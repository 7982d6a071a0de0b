#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "dbctl/catalog/catalog.hpp"
#include "dbctl/driver/driver.hpp"
#include "dbctl/plugin/command.hpp"
#include "dbctl/plugin/info.hpp"

namespace dbctl::plugin {

/// Where plugins are looked for, in this order. The first file of the right name counts, whatever is in it.
struct SearchSettings {
  std::vector<std::filesystem::path> directories = {};  ///< --plugin-dir
  std::string path_variable = {};                       ///< the value of DBCTL_PLUGIN_PATH, folders separated by colons
  std::filesystem::path project = {};                   ///< where the project's own domains are built; may be empty
  std::filesystem::path executable = {};                ///< plugins are in ../lib/dbctl, seen from its folder
};

/// The settings of this process, with the folders given by --plugin-dir.
DBCTL_API SearchSettings search_settings(std::vector<std::filesystem::path> directories = {});

/// Finds, checks and loads plugins. Nothing is ever unloaded. It owns the drivers: connections die before it, so it is
/// the first local of `main`. Used by one thread; the drivers that it hands out may be shared.
///
/// What a plugin throws that is not an Error becomes one (plugin_threw) that names the plugin and the call, also later
/// in the drivers, dialects and connections that came from here.
class DBCTL_API PluginHost {
 public:
  explicit PluginHost(SearchSettings settings);
  ~PluginHost();
  PluginHost(const PluginHost&) = delete;
  PluginHost& operator=(const PluginHost&) = delete;

  /// The file of a plugin. Throws Error (plugin_missing) that lists every place searched and what is there.
  std::filesystem::path find(PluginKind kind, std::string_view name) const;

  /// The driver of that name, product or URL scheme; loaded at the first call. Throws Error with a plugin_* code.
  const driver::Driver& load_driver(std::string_view name);
  /// Adds the domain, its migrations and seeders to the catalog. Throws Error with a plugin_* or catalog_* code.
  void load_domain(std::string_view name, catalog::Catalog& catalog);
  /// The command plugin of that name; loaded at the first call. Throws Error with a plugin_* code.
  Command& load_command(std::string_view name);
  /// Whether there is a file for it, whatever is in it.
  bool has_command(std::string_view name) const;

  /// All plugins that would be found, by kind and name; those that cannot be used have a `problem`. Loads none.
  std::vector<PluginInfo> available() const;
  /// The name of the driver that has this name or answers to it as a product or URL scheme; a driver's own name comes
  /// first. Throws Error (plugin_missing).
  std::string resolve_driver(std::string_view name_or_scheme) const;
  /// What on(...) may name: names and answers of all drivers that are available. Sorted, each once.
  std::vector<std::string> known_targets() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dbctl::plugin
