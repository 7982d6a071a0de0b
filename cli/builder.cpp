#include "builder.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child_process.hpp"
#include "dbctl/base/codes.hpp"
#include "dbctl/base/text.hpp"
#include "signals.hpp"

namespace dbctl::cli {
namespace {

namespace fs = std::filesystem;
using Clock = fs::file_time_type;

fs::path program() {
  std::error_code none;
  return fs::read_symlink("/proc/self/exe", none);
}

/// The newest change at or below the path; a folder changes when a file comes or goes. What cannot be read is none.
Clock newest(const fs::path& path) {
  std::error_code none;
  auto latest = fs::last_write_time(path, none);
  if (none) return Clock::min();
  if (!fs::is_directory(path, none)) return latest;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(path, options, none), end; !none && at != end; at.increment(none)) {
    std::error_code gone;
    const auto time = at->last_write_time(gone);
    if (!gone && time > latest) latest = time;
  }
  return latest;
}

/// What a build was made for: another program may have another ABI, and its headers may be older than the build.
std::string this_program() {
  struct stat file {};
  const auto path = program();
  if (stat(path.c_str(), &file) != 0) return path.string();
  return fmt::format("{} {} {} {}.{}\n", DBCTL_VERSION, path.string(), file.st_size, file.st_mtim.tv_sec,
                     file.st_mtim.tv_nsec);
}

std::string contents(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
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
  StopSignals::check();  // it ended because it was told to
  if (finished.status == 127) next.insert(next.begin(), "apt-get install cmake ninja-build g++");
  out.complain(without_frame(finished.output));
  throw Error(codes::make_build, {.summary = std::move(summary), .next = std::move(next)});
}

/// A project is built by what is in it: that must be the user's own.
bool is_trusted(const char* file) {
  struct stat status {};
  return stat(file, &status) == 0 && (status.st_uid == geteuid() || status.st_uid == 0);
}

}  // namespace

Builder::Builder() {
  std::error_code none;
  if (!fs::is_directory("environments", none) || !is_trusted("CMakeLists.txt")) return;
  const auto root = fs::current_path(none);
  const auto beside = program().parent_path().parent_path();
  // The tree that this program itself was built from.
  in_tree_ = fs::exists(beside / "CMakeCache.txt", none) && beside.string().starts_with((root / "build").string());
  folder_ = in_tree_ ? beside : root / "build";
  plugins_ = in_tree_ ? beside / "lib" / "dbctl" : folder_;
}

std::vector<std::string> Builder::own(const std::vector<std::string>& domains) const {
  std::vector<std::string> found;
  if (plugins_.empty()) return found;
  const auto lists = contents("CMakeLists.txt");
  for (const auto& domain : domains) {
    std::error_code none;
    const bool named = lists.find(fmt::format("dbctl_add_domain({})", domain)) != std::string::npos ||
                       lists.find(fmt::format("dbctl_add_domain({} ", domain)) != std::string::npos;
    if (named || (in_tree_ && fs::is_directory(fs::path("plugins/domains") / domain, none))) found.push_back(domain);
  }
  return found;
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

bool Builder::is_for_this_program(const std::string& domain) const {
  std::error_code none;
  return in_tree_ || !fs::exists(stamp(domain), none) || contents(stamp(domain)) == this_program();
}

bool Builder::is_stale(const std::vector<std::string>& domains) const {
  for (const auto& domain : domains) {
    std::error_code none;
    const auto plugin = fs::last_write_time(plugins_ / fmt::format("libdbctl_domain_{}.so", domain), none);
    if (none || !is_for_this_program(domain)) return true;
    const auto stamped = fs::last_write_time(stamp(domain), none);
    const auto built = none ? plugin : stamped;  // without a stamp it was built by hand
    for (const auto& source : sources(domain))
      if (newest(source) > built) return true;
  }
  return false;
}

void Builder::configure(bool anew, Output& out) const {
  std::error_code none;
  const auto cache = contents(folder_ / "CMakeCache.txt");
  const auto home = fmt::format("CMAKE_HOME_DIRECTORY:INTERNAL={}\n", fs::current_path(none).string());
  const bool moved = !cache.empty() && cache.find(home) == std::string::npos;
  if (!cache.empty() && !moved && !anew) return;
  std::vector<std::string> words{"cmake", "-S", ".", "-B", folder_.string(), "-DCMAKE_BUILD_TYPE=Release"};
  if (!cache.empty()) words.emplace_back("--fresh");
  if (has_program("ninja")) words.insert(words.end(), {"-G", "Ninja"});
  if (const auto prefix = program().parent_path().parent_path(); prefix != "/usr")
    words.push_back("-DCMAKE_PREFIX_PATH=" + prefix.string());
  out.live("configuring");
  const auto finished = run_program(words);
  if (finished.status == 0) return;
  fs::remove(folder_ / "CMakeCache.txt", none);  // the next try begins anew
  refuse(out, finished, "the project cannot be configured", {"install dbctl's development files: libdbctl-dev"});
}

void Builder::compile(const std::vector<std::string>& domains, bool anew, Output& out) const {
  std::vector<std::string> words{"cmake", "--build", folder_.string()};
  if (anew) words.emplace_back("--clean-first");
  words.emplace_back("--target");
  for (const auto& domain : domains) words.push_back("dbctl_domain_" + domain);
  out.live(fmt::format("building {}", text::join(domains, ", ")));
  const auto finished = run_program(words);
  out.live({});
  if (finished.status == 0) return;
  const bool by_cmake = finished.output.find("CMake Error") != std::string::npos;
  refuse(out, finished,
         fmt::format("{} {}", text::join(domains, ", "), by_cmake ? "cannot be built" : "does not compile"),
         {"mend it and run the command again: nothing was done", "--no-build uses what was built before"});
}

void Builder::build(const std::vector<std::string>& domains, Output& out) const {
  std::error_code none;
  fs::create_directories(folder_, none);
  const Turn turn(folder_, out);
  if (!is_stale(domains)) return;  // the other dbctl has done it
  const bool anew = !std::ranges::all_of(domains, [&](const auto& domain) { return is_for_this_program(domain); });
  configure(anew, out);
  const auto begun = folder_ / ".dbctl_build_begins";
  std::ofstream(begun).flush();  // what is saved from now on is newer, also when it is not in this build
  compile(domains, anew, out);
  for (const auto& domain : domains) {
    std::ofstream(stamp(domain)) << this_program();
    fs::last_write_time(stamp(domain), fs::last_write_time(begun, none), none);
  }
}

}  // namespace dbctl::cli
