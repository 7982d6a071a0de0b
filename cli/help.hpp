#pragma once
#include <string>

#include "command.hpp"

namespace dbctl::cli {

/// What `dbctl --help` prints.
std::string overview();
/// What `dbctl COMMAND --help` prints.
std::string help_of(const Entry& entry, const Arguments& arguments);

}  // namespace dbctl::cli
