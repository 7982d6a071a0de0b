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

/// SIGINT and SIGTERM as something to wait for, while it lives: they end nothing by themselves.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  int descriptor() const noexcept { return descriptor_; }  ///< can be read from once one has come
  bool came() const;

 private:
  int descriptor_ = -1;
};

/// Runs a program with this process's terminal, input left out, and more `variables` ("NAME=value"). What ends this
/// process ends it too; of the terminal it hears by itself. Returns as Finished::status.
int run_attached(const std::vector<std::string>& words, const std::vector<std::string>& variables,
                 const Interrupts& interrupts);

/// Whether PATH has it.
bool has_program(const std::string& name);

}  // namespace dbctl::cli
