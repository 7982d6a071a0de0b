#pragma once
#include "dbctl/base/error.hpp"
#include "output/output.hpp"

namespace dbctl::cli {

/// Prints an error: four parts on stderr, or the document of JSON mode on stdout.
void print_error(Output& out, const Code& code, const Details& details);
/// Of something that is not a dbctl error: DBCTL-BUG-001.
Error bug(std::string what);

}  // namespace dbctl::cli
