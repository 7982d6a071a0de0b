#pragma once
#include <string>
#include <vector>

#include "globals.hpp"

namespace dbctl::cli {

/// A command line with its command taken out, so that flags may stand before and after it and only the command that
/// runs is set up.
struct CommandLine {
  std::string command;             ///< as written; empty: none
  std::vector<std::string> words;  ///< all others, in order; a bare --wait as --wait=60s
  std::string unknown_flag;        ///< the first unknown flag before the command
  Output::Settings output;         ///< --format and --color as far as they can be read: errors obey them too
};

/// `globals` tells which flags take a value.
CommandLine scan(const std::vector<std::string>& words, const Arguments& globals);

}  // namespace dbctl::cli
