#include "text_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {

std::string read_text_file(const std::string& file) {
  const auto refuse = [&](std::string why) {
    return Error(codes::usage,
                 {.summary = fmt::format("{} cannot be read", file), .where = file, .why = std::move(why)});
  };
  std::error_code none;
  if (std::filesystem::is_directory(file, none)) throw refuse("it is a folder");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) throw refuse(errno != 0 ? std::strerror(errno) : "");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (in.bad()) throw refuse(errno != 0 ? std::strerror(errno) : "");
  return text;
}

}  // namespace dbctl::cli
