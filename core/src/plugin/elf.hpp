#pragma once
#include <filesystem>
#include <string>

namespace dbctl::plugin {

/// What dbctl reads in a shared library.
struct ElfFacts {
  bool has_note = false;
  std::string note;      ///< the dbctl note's text: key=value, each ended by a zero byte
  std::string build_id;  ///< hexadecimal
};

/// Reads the ELF headers and notes, and nothing else, of a file that may hold anything. Throws Error
/// (plugin_not_library, plugin_truncated, plugin_load when the system refuses to open it). A file that passes can be
/// given to the dynamic loader, which would die of a file cut short.
ElfFacts read_elf(const std::filesystem::path& file);

}  // namespace dbctl::plugin
