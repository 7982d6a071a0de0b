#pragma once
#include <filesystem>

namespace dbctl::cli {

/// The nearest folder at or above `from` that is a project: it has environments/, and a CMakeLists.txt or migrations/.
/// Empty: there is none.
std::filesystem::path find_project(const std::filesystem::path& from);

/// Makes the project around the working folder the working folder, so that dbctl works in any folder below it as it
/// does at its root. Stays where it is when that is a project's root, or there is no project. Returns the folder that
/// relative paths on the command line start from.
std::filesystem::path enter_project();

}  // namespace dbctl::cli
