#pragma once
#include <string>
#include <vector>

namespace dbctl::cli {

struct Finished {
  int status = 0;      ///< its exit code; 128 and the signal that ended it; 127 when it could not be started
  std::string output;  ///< of both its streams, in order; why it could not be started
};

/// Runs a program, found in PATH, with this process's environment and no input, and waits for it.
Finished run_program(const std::vector<std::string>& words);

/// Whether PATH has it.
bool has_program(const std::string& name);

}  // namespace dbctl::cli
