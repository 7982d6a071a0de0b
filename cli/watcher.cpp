#include "watcher.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE;

/// What editors keep beside a file while it is open, and what dbctl itself writes before it takes its name.
bool is_of_an_editor(const std::string& name) {
  return name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".swx") || name.ends_with(".tmp") ||
         name.starts_with(".#") || name.starts_with('#') || name == "4913";
}

bool fits(const std::string& name, const std::string& pattern) {
  return pattern.ends_with('*') ? name.starts_with(pattern.substr(0, pattern.size() - 1)) : name == pattern;
}

}  // namespace

Watcher::Watcher() : descriptor_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  if (descriptor_ < 0)
    throw Error(codes::usage, {.summary = "files cannot be watched",
                               .why = std::strerror(errno),
                               .next = {"sysctl fs.inotify.max_user_instances"}});
}

Watcher::~Watcher() {
  close(descriptor_);
}

void Watcher::watch(const fs::path& folder, bool tree, std::vector<std::string> names) {
  const int number = inotify_add_watch(descriptor_, folder.c_str(), events | IN_ONLYDIR);
  if (number >= 0) {
    watched_[number] = {folder, tree, std::move(names)};
    return;
  }
  if (errno == ENOENT || errno == ENOTDIR) return;  // it went away meanwhile
  throw Error(codes::usage, {.summary = fmt::format("{} cannot be watched", folder.string()),
                             .why = std::strerror(errno),
                             .next = {"sysctl fs.inotify.max_user_watches"}});
}

void Watcher::add_tree(const fs::path& folder) {
  std::error_code none;
  if (!fs::is_directory(folder, none)) return;
  watch(folder, true, {});
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(folder, options, none), end; !none && at != end; at.increment(none)) {
    std::error_code gone;
    if (at->is_directory(gone)) watch(at->path(), true, {});
  }
}

void Watcher::add_files(const fs::path& folder, std::vector<std::string> names) {
  watch(folder, false, std::move(names));
}

void Watcher::take(const Watched& watched, const std::string& name, bool is_folder, std::vector<fs::path>& changed) {
  if (is_of_an_editor(name)) return;
  if (!watched.tree && std::ranges::none_of(watched.names, [&](const auto& pattern) { return fits(name, pattern); }))
    return;
  const auto path = (watched.folder / name).lexically_normal();
  if (is_folder) add_tree(path);  // new, or another of the same name
  if (std::ranges::find(changed, path) == changed.end()) changed.push_back(path);
}

void Watcher::read(std::vector<fs::path>& changed) {
  alignas(inotify_event) std::array<char, 16384> buffer{};
  ssize_t size = 0;
  while ((size = ::read(descriptor_, buffer.data(), buffer.size())) > 0) {
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
      const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += sizeof(inotify_event) + event->len;
      const auto found = watched_.find(event->wd);
      if ((event->mask & IN_IGNORED) != 0) watched_.erase(event->wd);
      if ((event->mask & IN_Q_OVERFLOW) != 0) changed.emplace_back("more than can be told");
      const bool is_folder = (event->mask & IN_ISDIR) != 0;
      // A file that is made is told of again when it is closed; until then it is not complete.
      if ((event->mask & IN_CREATE) != 0 && !is_folder) continue;
      if ((event->mask & IN_IGNORED) != 0 || found == watched_.end() || event->len == 0) continue;
      const auto watched = found->second;  // a folder in it may add to the map
      take(watched, event->name, is_folder, changed);
    }
  }
}

std::vector<fs::path> Watcher::wait(std::chrono::milliseconds calm, int end) {
  std::vector<fs::path> changed;
  while (true) {
    std::array<pollfd, 2> waiting{{{descriptor_, POLLIN, 0}, {end, POLLIN, 0}}};
    const int ready = poll(waiting.data(), waiting.size(), changed.empty() ? -1 : static_cast<int>(calm.count()));
    if (ready == 0) return changed;
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0 || waiting[1].revents != 0) return {};
    read(changed);
  }
}

}  // namespace dbctl::cli
