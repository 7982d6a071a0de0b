#pragma once
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "output/output.hpp"

namespace dbctl::cli {

/// The flags that every command takes, before and after its name.
struct Globals {
  std::optional<std::string> env, environments, url, confirm, domain;
  std::vector<std::string> plugin_dirs;
  Format format = Format::text;
  Colours colours = Colours::automatic;
  bool quiet = false, no_progress = false, no_input = false, yes = false, help = false, version = false,
       no_build = false;
  int verbose = 0;
  std::optional<std::chrono::milliseconds> wait, lock_timeout, statement_timeout;

  /// Where the user stands; the working folder may be the project's root above it.
  std::filesystem::path started_in = {};

  void declare(Arguments& arguments);
  /// A path as the user wrote it, seen from the working folder.
  std::string path(const std::string& written) const;
  /// The same of the file in a URL "scheme:file".
  std::string url_from_here(const std::string& written) const;
  Output::Settings output() const;
  /// The flags that chose the database, each with a blank before it; empty: none were given.
  std::string database_flags() const;
  /// `dbctl WHAT` with them, for hints.
  std::string command(const std::string& what) const;
};

/// `text` as one word of a shell's command line.
std::string shell_word(const std::string& text);

}  // namespace dbctl::cli
