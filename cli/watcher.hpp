#pragma once
#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace dbctl::cli {

/// Tells which files change below some folders (inotify(7)): saved, come or gone. Editors' own files do not count.
class Watcher {
 public:
  /// Throws Error (usage) where the system has no more watches.
  Watcher();
  ~Watcher();
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  /// With all folders below it, also those that come later; nothing where it is not there.
  void add_tree(const std::filesystem::path& folder);
  /// The folder's own files alone, of these names or beginnings of names that end in '*'.
  void add_files(const std::filesystem::path& folder, std::vector<std::string> names);

  /// Waits until something changes and then until nothing does for `calm`. The files, each once, in the order of their
  /// first change; empty: `end` can be read from.
  std::vector<std::filesystem::path> wait(std::chrono::milliseconds calm, int end);

 private:
  struct Watched {
    std::filesystem::path folder;
    bool tree = false;
    std::vector<std::string> names;
  };
  void watch(const std::filesystem::path& folder, bool tree, std::vector<std::string> names);
  void read(std::vector<std::filesystem::path>& changed);
  void take(const Watched& watched, const std::string& name, bool is_folder,
            std::vector<std::filesystem::path>& changed);

  int descriptor_ = -1;
  std::map<int, Watched> watched_;
};

}  // namespace dbctl::cli
