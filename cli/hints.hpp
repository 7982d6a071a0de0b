#pragma once
#include <string>
#include <vector>

#include "dbctl/base/error.hpp"
#include "globals.hpp"

namespace dbctl::cli {

/// An error's parts as this run's user needs them. The commands in its hints (`dbctl migrate`), which the core and the
/// drivers write without knowing how the database was chosen, get the flags that chose it. What looks like a URL in
/// `words`, the command line, is masked wherever it comes back: it may hold a password.
Details for_reader(Details details, const Globals& globals, const std::vector<std::string>& words);

}  // namespace dbctl::cli
