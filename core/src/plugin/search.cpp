#include "search.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <system_error>
#include <tuple>

#include <fmt/format.h>

#include "dbctl/base/text.hpp"

namespace dbctl::plugin {

namespace fs = std::filesystem;

namespace {

constexpr std::array kinds = {PluginKind::driver, PluginKind::domain, PluginKind::command};

/// The plugin that a file's name says it is; empty for other files.
std::optional<Found> parse(const fs::path& file) {
  const std::string name = file.filename().string();
  constexpr std::string_view suffix = ".so";
  for (const PluginKind kind : kinds) {
    const std::string prefix = fmt::format("libdbctl_{}_", to_string(kind));
    if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size()) continue;
    return Found{kind, name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()), file};
  }
  return std::nullopt;
}

bool before(const Found& a, const Found& b) {
  return std::tie(a.kind, a.name) < std::tie(b.kind, b.name);
}

/// The plugins in a folder in order; `error` says why there are none.
std::vector<Found> read_folder(const fs::path& folder, std::error_code& error) {
  std::vector<Found> found;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    if (auto plugin = parse(entry->path())) found.push_back(std::move(*plugin));
  }
  std::sort(found.begin(), found.end(), before);
  return found;
}

std::string describe(const Place& place) {
  if (place.directory.empty()) return fmt::format("{}: {}", place.origin, place.reason);
  std::error_code error;
  const auto found = read_folder(place.directory, error);
  std::vector<std::string> names;
  for (const Found& f : found) names.push_back(fmt::format("{} {}", to_string(f.kind), f.name));
  const std::string content = error ? error.message() : names.empty() ? "no plugins" : "has " + text::join(names, ", ");
  return fmt::format("{} {}: {}", place.origin, place.directory.string(), content);
}

Place place_of(std::string origin, const fs::path& directory) {
  return {std::move(origin), fs::absolute(directory).lexically_normal()};
}

}  // namespace

SearchSettings search_settings(std::vector<fs::path> directories) {
  const char* variable = std::getenv("DBCTL_PLUGIN_PATH");
  std::error_code error;
  return {.directories = std::move(directories),
          .path_variable = variable == nullptr ? "" : variable,
          .executable = fs::read_symlink("/proc/self/exe", error)};
}

Search::Search(const SearchSettings& settings) {
  for (const fs::path& directory : settings.directories) places_.push_back(place_of("--plugin-dir", directory));
  if (settings.directories.empty()) places_.push_back({"--plugin-dir", {}, "not given"});

  const std::size_t before_variable = places_.size();
  for (const std::string& part : text::split(settings.path_variable, ':')) {
    if (!part.empty()) places_.push_back(place_of("DBCTL_PLUGIN_PATH", part));
  }
  if (places_.size() == before_variable) places_.push_back({"DBCTL_PLUGIN_PATH", {}, "not set"});

  if (!settings.project.empty()) places_.push_back(place_of("the project's build", settings.project));

  if (settings.executable.empty()) {
    places_.push_back({"beside the program", {}, "its own path cannot be read from /proc/self/exe"});
  } else {
    places_.push_back(place_of("beside the program", settings.executable.parent_path() / ".." / "lib" / "dbctl"));
  }
}

std::optional<fs::path> Search::find(PluginKind kind, std::string_view name) const {
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  const std::string wanted = file_name(kind, name);
  for (const Place& place : places_) {
    if (place.directory.empty()) continue;
    std::error_code error;
    if (fs::path file = place.directory / wanted; fs::exists(fs::symlink_status(file, error))) return file;
  }
  return std::nullopt;
}

std::vector<Found> Search::list() const {
  std::vector<Found> all;
  for (const Place& place : places_) {
    if (place.directory.empty()) continue;
    std::error_code error;  // a folder that cannot be read has nothing to list; `report` says why
    for (Found& found : read_folder(place.directory, error)) all.push_back(std::move(found));
  }
  std::stable_sort(all.begin(), all.end(), before);
  const auto same = [](const Found& a, const Found& b) { return a.kind == b.kind && a.name == b.name; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

std::string Search::report() const {
  std::vector<std::string> lines;
  for (const Place& place : places_) lines.push_back(describe(place));
  return text::join(lines, "\n");
}

}  // namespace dbctl::plugin
