#pragma once
#include <string>

namespace dbctl::cli {

/// All of a file that an argument names. Throws Error (usage) naming it.
std::string read_text_file(const std::string& file);

}  // namespace dbctl::cli
