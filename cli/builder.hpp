#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "output/output.hpp"

namespace dbctl::cli {

/// Builds those domain plugins with CMake that the project in the working folder makes, where a source is newer than
/// the last build. Others are as they were installed.
class Builder {
 public:
  Builder();

  /// Where the project's own plugins are; empty: there is nothing to build here.
  const std::filesystem::path& plugins() const noexcept { return plugins_; }

  /// Of these domains those that the project makes.
  std::vector<std::string> own(const std::vector<std::string>& domains) const;
  /// Whether a source of these domains is newer than the last build of them, or there was none, or it was for another
  /// dbctl.
  bool is_stale(const std::vector<std::string>& domains) const;
  /// Waits for another dbctl that builds. Throws Error: make_build (the compiler's own words go to `out` first),
  /// stopped.
  void build(const std::vector<std::string>& domains, Output& out) const;

 private:
  std::filesystem::path stamp(const std::string& domain) const;
  std::vector<std::filesystem::path> sources(const std::string& domain) const;
  bool is_for_this_program(const std::string& domain) const;
  void configure(bool anew, Output& out) const;
  void compile(const std::vector<std::string>& domains, bool anew, Output& out) const;

  std::filesystem::path folder_, plugins_;
  bool in_tree_ = false;  ///< of dbctl itself, whose build knows all that it depends on
};

}  // namespace dbctl::cli
