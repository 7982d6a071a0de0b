#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace dbctl::environment {

/// The whole text of a file without its byte order mark, or nothing when it does not exist. Throws Error
/// (environment_syntax) when it is a directory, cannot be read, is no text, or is larger than a megabyte. `shown` is
/// its name in messages.
std::optional<std::string> read_text(const std::filesystem::path& file, const std::string& shown);

}  // namespace dbctl::environment
