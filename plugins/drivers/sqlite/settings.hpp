#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dbctl/driver/options.hpp"

namespace dbctl::sqlite {

/// A connection's options as SQLite needs them. Empty texts mean: as the file has it.
struct Settings {
  std::string path = {};
  bool in_memory = false;  ///< a private database of one connection; what concerns files is left out
  bool foreign_keys = true;
  std::string journal_mode = {};
  std::string synchronous = {};
  std::optional<std::int64_t> cache_size = {};  ///< pages, or KiB when negative
  int busy_timeout = 0;                         ///< milliseconds

  /// For people: the path, or ":memory:".
  std::string target() const { return in_memory ? ":memory:" : path; }
  /// The file whose lock excludes other dbctls, beside what the path leads to.
  std::string lock_path() const;
};

/// Throws Error (environment_missing) when there is neither a file nor `in_memory`.
Settings settings_from(const driver::Options& options);
std::vector<driver::OptionSpec> option_specs();

/// Makes sure that a database that does not exist begins empty: removes the files that SQLite kept beside one of the
/// same name. Throws Error (connection_failed) when the path cannot become a database.
void prepare_file(const Settings& settings);
/// Whether there was one to remove. Throws Error (lock_timeout) when another dbctl is at work on it.
bool remove_file(const Settings& settings);

}  // namespace dbctl::sqlite
