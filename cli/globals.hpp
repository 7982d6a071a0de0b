#pragma once
#include <chrono>
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
  bool quiet = false, no_progress = false, no_input = false, yes = false, help = false, version = false;
  int verbose = 0;
  std::optional<std::chrono::milliseconds> wait, lock_timeout, statement_timeout;

  void declare(Arguments& arguments);
  Output::Settings output() const;
  /// `dbctl WHAT` with the flags that chose the database, for the hints of errors.
  std::string command(const std::string& what) const;
};

}  // namespace dbctl::cli
