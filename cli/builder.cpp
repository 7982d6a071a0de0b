#include "builder.hpp"

#include <cerrno>
#include <chrono>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "child_process.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;
using Clock = fs::file_time_type;

fs::path program() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none);
}

/// The newest change at or below the path; a folder changes when a file comes or goes.
Clock newest(const fs::path& path) {
  std::error_code none;
  auto latest = fs::last_write_time(path, none);
  if (none) return Clock::min();
  if (!fs::is_directory(path, none)) return latest;
  for (const auto& entry : fs::recursive_directory_iterator(path, none)) {
    const auto time = entry.last_write_time(none);
    if (!none && time > latest) latest = time;
  }
  return latest;
}

/// One build at a time in a folder.
class Turn {
 public:
  Turn(const fs::path& folder, Output& out) {
    descriptor_ = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes(10);
    while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (std::chrono::steady_clock::now() > give_up)
        throw Error(codes::make_build, {.summary = "another dbctl has been building for ten minutes",
                                        .where = folder.string(),
                                        .next = {"wait for it, or --no-build uses what is built"}});
      out.live("waiting for another dbctl that builds");
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  ~Turn() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  int descriptor_ = -1;
};

/// What the build tool says of itself is taken out; what the compiler says stays as it is.
std::string without_frame(const std::string& output) {
  std::string kept;
  bool command = false;
  for (const auto& line : text::split(output, '\n')) {
    const bool failed = line.starts_with("FAILED: ");
    const bool step = line.starts_with('[') && line.find("] ") != std::string::npos;
    const bool noise = failed || step || command || line.starts_with("ninja: ") || line.starts_with("gmake") ||
                       line.starts_with("make") || line.starts_with("-- ") || line.empty();
    command = failed;  // the line behind it is the whole command
    if (!noise) kept += line + '\n';
  }
  return kept.empty() ? output : kept;
}

[[noreturn]] void refuse(Output& out, const Finished& finished, std::string summary, std::vector<std::string> next) {
  out.live({});
  if (finished.status == 127) next.insert(next.begin(), "apt-get install cmake ninja-build g++");
  out.complain(without_frame(finished.output));
  throw Error(codes::make_build, {.summary = std::move(summary), .next = std::move(next)});
}

}  // namespace

Builder::Builder() {
  std::error_code none;
  if (!fs::exists("CMakeLists.txt", none)) return;
  const auto root = fs::current_path(none);
  const auto beside = program().parent_path().parent_path();
  // The tree that this program itself was built from.
  if (fs::exists(beside / "CMakeCache.txt", none) && beside.string().starts_with((root / "build").string())) {
    folder_ = beside;
    plugins_ = beside / "lib" / "dbctl";
    return;
  }
  folder_ = root / "build";
  plugins_ = folder_;
}

fs::path Builder::stamp(const std::string& domain) const {
  return folder_ / fmt::format(".dbctl_{}_built", domain);
}

std::vector<fs::path> Builder::sources(const std::string& domain) const {
  std::error_code none;
  const auto in_tree = fs::path("plugins/domains") / domain;
  if (fs::is_directory(in_tree, none))
    return {fs::path("migrations") / domain, fs::path("seeders") / domain, in_tree, "CMakeLists.txt"};
  return {"migrations", "seeders", "models", "CMakeLists.txt"};
}

bool Builder::is_stale(const std::vector<std::string>& domains) const {
  if (plugins_.empty()) return false;
  for (const auto& domain : domains) {
    std::error_code none;
    const auto built = fs::last_write_time(stamp(domain), none);
    if (none || !fs::exists(plugins_ / fmt::format("libdbctl_domain_{}.so", domain), none)) return true;
    if (newest(program()) > built) return true;  // it may have another ABI now
    for (const auto& source : sources(domain))
      if (newest(source) > built) return true;
  }
  return false;
}

void Builder::configure(Output& out) const {
  std::error_code none;
  if (fs::exists(folder_ / "CMakeCache.txt", none)) return;
  std::vector<std::string> words{"cmake", "-S", ".", "-B", folder_.string(), "-DCMAKE_BUILD_TYPE=Release"};
  if (has_program("ninja")) words.insert(words.end(), {"-G", "Ninja"});
  if (const auto prefix = program().parent_path().parent_path(); prefix != "/usr")
    words.push_back("-DCMAKE_PREFIX_PATH=" + prefix.string());
  out.live("configuring");
  const auto finished = run_program(words);
  if (finished.status != 0) {
    fs::remove(folder_ / "CMakeCache.txt", none);  // the next try begins anew
    refuse(out, finished, "the project cannot be configured", {"install dbctl's development files: libdbctl-dev"});
  }
}

void Builder::build(const std::vector<std::string>& domains, Output& out) const {
  std::error_code none;
  fs::create_directories(folder_, none);
  const Turn turn(folder_, out);
  if (!is_stale(domains)) return;  // the other dbctl has done it
  configure(out);
  std::vector<std::string> words{"cmake", "--build", folder_.string(), "--target"};
  for (const auto& domain : domains) words.push_back("dbctl_domain_" + domain);
  const auto started = fs::path(folder_ / ".dbctl_build_begins");
  std::ofstream(started).flush();  // what is saved from now on is newer, also when it is not in this build
  out.live(fmt::format("building {}", text::join(domains, ", ")));
  const auto finished = run_program(words);
  if (finished.status != 0)
    refuse(out, finished, fmt::format("{} does not compile", text::join(domains, ", ")),
           {"mend it and run the command again: nothing was done", "--no-build uses what was built before"});
  out.live({});
  for (const auto& domain : domains) {
    std::ofstream(stamp(domain)).flush();
    fs::last_write_time(stamp(domain), fs::last_write_time(started, none), none);
  }
}

}  // namespace dbctl::cli
