#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "output/output.hpp"

namespace dbctl::cli {

/// Builds the domain plugins of the project that the working folder is, with CMake, where a source is newer than the
/// last build. Does nothing where there are no sources to build from.
class Builder {
 public:
  Builder();

  /// Where the project's own plugins are; empty: there is nothing to build here.
  const std::filesystem::path& plugins() const noexcept { return plugins_; }

  /// Whether a source of these domains is newer than the last build of them, or there was none.
  bool is_stale(const std::vector<std::string>& domains) const;
  /// Waits for another dbctl that builds. Throws Error (make_build); the compiler's own words go to `out` first.
  void build(const std::vector<std::string>& domains, Output& out) const;

 private:
  std::filesystem::path stamp(const std::string& domain) const;
  std::vector<std::filesystem::path> sources(const std::string& domain) const;
  void configure(Output& out) const;

  std::filesystem::path folder_, plugins_;
};

}  // namespace dbctl::cli
