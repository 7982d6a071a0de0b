#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "dbctl/base/error.hpp"
#include "dbctl/plugin/host.hpp"

/// What the tests of the plugin host share.
namespace dbctl::plugin::tests {

namespace fs = std::filesystem;

/// A folder of its own for each test, with the plugins that it puts there.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const fs::path& path() const { return path_; }
  /// Copies a fixture ("driver_sample"), under another name if given; returns the copy.
  fs::path add(std::string_view fixture, std::string_view as = {}) const;
  fs::path write(std::string_view plugin, std::string_view content) const;
  /// A host that looks nowhere else.
  PluginHost host() const;

 private:
  fs::path path_;
};

std::string read(const fs::path& file);
void write(const fs::path& file, std::string_view content);
/// Replaces the one occurrence of `from` by as many bytes.
void patch(const fs::path& file, std::string_view from, std::string_view to);

/// The whole error with its exit code, each part ended by a newline, and `folder` written as DIR.
std::string error_of(const std::function<void()>& action, const fs::path& folder);

}  // namespace dbctl::plugin::tests
