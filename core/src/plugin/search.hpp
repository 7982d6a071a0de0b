#pragma once
#include <optional>
#include <string>
#include <vector>

#include "dbctl/plugin/host.hpp"

namespace dbctl::plugin {

/// A plugin by its file's name alone.
struct Found {
  PluginKind kind;
  std::string name;
  std::filesystem::path file;
};

/// One place where plugins are looked for, or why there is none.
struct Place {
  std::string origin;               ///< "--plugin-dir"
  std::filesystem::path directory;  ///< absolute; empty: not searched
  std::string reason = {};          ///< why not
};

class Search {
 public:
  explicit Search(const SearchSettings& settings);

  std::optional<std::filesystem::path> find(PluginKind kind, std::string_view name) const;
  /// All that `find` would find, by kind and name.
  std::vector<Found> list() const;
  /// Every place with what is there, one line each.
  std::string report() const;

 private:
  std::vector<Place> places_;
};

}  // namespace dbctl::plugin
