#include "output/standard_error.hpp"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace dbctl::cli {

void tell(std::string_view text) noexcept {
  [[maybe_unused]] const auto written = std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

void fill_closed_streams() noexcept {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) == -1)  // the lowest number that is free
        [[maybe_unused]]
      const int opened = open("/dev/null", stream == STDOUT_FILENO ? O_RDONLY : O_RDWR);
}

}  // namespace dbctl::cli
