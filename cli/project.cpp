#include "project.hpp"

namespace dbctl::cli {

namespace fs = std::filesystem;

fs::path find_project(const fs::path& from) {
  std::error_code none;
  for (auto folder = from; !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / "environments", none) &&
        (fs::exists(folder / "CMakeLists.txt", none) || fs::is_directory(folder / "migrations", none)))
      return folder;
    if (folder == folder.root_path()) break;
  }
  return {};
}

fs::path enter_project() {
  std::error_code problem;
  auto started_in = fs::current_path(problem);
  if (problem) return {};
  // A folder with environments of its own needs no other, whatever else it has.
  if (fs::is_directory(started_in / "environments", problem)) return started_in;
  if (const auto root = find_project(started_in); !root.empty()) fs::current_path(root, problem);
  return started_in;
}

}  // namespace dbctl::cli
