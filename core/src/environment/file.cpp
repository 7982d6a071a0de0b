#include "environment/file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::environment {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest = 1024 * 1024;

[[noreturn]] void refuse(const std::string& shown, std::string why, std::string next) {
  throw Error(codes::environment_syntax, {.summary = fmt::format("{} cannot be read", shown),
                                          .where = shown,
                                          .why = std::move(why),
                                          .next = {std::move(next)}});
}

constexpr const char* not_such_a_file = "put a YAML or .env file there, or take it away";

std::string check_mode(const std::string& shown) {
  return "check the file's owner and mode: ls -l " + shown;
}

std::string read_all(const fs::path& file, const std::string& shown) {
  const auto close = [](std::FILE* f) { std::fclose(f); };
  const std::unique_ptr<std::FILE, decltype(close)> stream(std::fopen(file.c_str(), "rbe"), close);
  if (!stream) refuse(shown, std::generic_category().message(errno), check_mode(shown));
  std::string text;
  std::array<char, 4096> part{};  // these files are short: no page is touched for what they do not hold
  for (std::size_t read = 1; read > 0 && text.size() <= largest; text.append(part.data(), read))
    read = std::fread(part.data(), 1, part.size(), stream.get());
  if (std::ferror(stream.get()) != 0) refuse(shown, std::generic_category().message(errno), check_mode(shown));
  if (text.size() > largest) refuse(shown, "it is larger than a megabyte", not_such_a_file);
  return text;
}

}  // namespace

std::optional<std::string> read_text(const fs::path& file, const std::string& shown) {
  std::error_code failure;
  const auto status = fs::status(file, failure);
  if (status.type() == fs::file_type::not_found) {
    if (fs::is_symlink(fs::symlink_status(file, failure)))
      refuse(shown, "it is a link to a file that does not exist", "mend the link: ls -l " + shown);
    return std::nullopt;
  }
  if (status.type() == fs::file_type::none) refuse(shown, failure.message(), check_mode(shown));
  if (status.type() == fs::file_type::directory) refuse(shown, "it is a directory, not a file", not_such_a_file);
  if (status.type() != fs::file_type::regular) refuse(shown, "it is not a regular file", not_such_a_file);
  std::string text = read_all(file, shown);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  if (text.find('\0') != std::string::npos) refuse(shown, "it holds a zero byte", "save it as UTF-8");
  return text;
}

}  // namespace dbctl::environment
