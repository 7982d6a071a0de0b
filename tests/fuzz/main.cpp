// The program of one target, DBCTL_FUZZ_FUNCTION; libFuzzer brings main().
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    dbctl::fuzz::DBCTL_FUZZ_FUNCTION({reinterpret_cast<const char*>(data), size});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "BROKEN: %s\n", error.what());
    std::abort();
  }
  return 0;
}
