#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "dbctl/base/codes.hpp"
#include "dbctl/scaffold/scaffold.hpp"

namespace dbctl::scaffold {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(codes::make_write, {.summary = fmt::format("{} cannot be written", path.string()),
                                  .where = path.string(),
                                  .why = why,
                                  .next = {"nothing was written; make the folder writable and run it again"}});
}

/// Complete files beside those that are wanted, which take their names only when all are there.
class Batch {
 public:
  Batch() = default;
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch() {
    std::error_code ignored;  // what is left of a failed run; the failure itself is reported
    for (const auto& [from, to] : files_) fs::remove(from, ignored);
    for (const auto& path : new_) fs::remove(path, ignored);
  }

  void add(const File& file) {
    std::error_code problem;
    if (file.path.has_parent_path()) fs::create_directories(file.path.parent_path(), problem);
    if (problem) refuse(file.path, problem.message());
    auto temporary = file.path;
    temporary += fmt::format(".{}.tmp", getpid());
    files_.emplace_back(temporary, file.path);
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out << file.text;
    out.close();
    if (!out) refuse(file.path, std::strerror(errno));
  }

  void publish() {
    for (const auto& [from, to] : files_) {
      std::error_code problem;
      const bool was_there = fs::exists(to, problem);
      fs::rename(from, to, problem);
      if (problem) refuse(to, problem.message());
      if (!was_there) new_.push_back(to);
    }
    files_.clear();
    new_.clear();
  }

 private:
  std::vector<std::pair<fs::path, fs::path>> files_;
  std::vector<fs::path> new_;
};

}  // namespace

void write(const std::vector<File>& files, const Overwrite& overwrite) {
  Batch batch;
  for (const auto& file : files) {
    std::error_code problem;
    if (fs::exists(fs::symlink_status(file.path, problem)) && !(overwrite && overwrite(file.path)))
      throw Error(codes::make_exists,
                  {.summary = fmt::format("{} is already there", file.path.string()),
                   .where = file.path.string(),
                   .next = {"choose another name", overwrite ? "--force asks before it overwrites" : ""}});
  }
  for (const auto& file : files) batch.add(file);
  batch.publish();
}

Turn::Turn(const fs::path& folder) : folder_(folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) refuse(folder, problem.message());
  descriptor_ = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) refuse(folder, std::strerror(errno));
  constexpr int tries = 100;  // ten seconds; another generator holds it for milliseconds
  for (int n = 0; flock(descriptor_, LOCK_EX | LOCK_NB) != 0; ++n) {
    if (n < tries && (errno == EWOULDBLOCK || errno == EINTR)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      continue;
    }
    const std::string why =
        errno == EWOULDBLOCK ? "another generator has held the folder for ten seconds" : std::strerror(errno);
    close(descriptor_);
    refuse(folder, why);
  }
}

Turn::~Turn() {
  close(descriptor_);
}

std::vector<std::string> Turn::versions() const {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const auto name = entry.path().filename().string();
    const auto digits = name.find_first_not_of("0123456789");
    if (digits == 14 && name[digits] == '_') found.push_back(name.substr(0, 14));
  }
  return found;
}

}  // namespace dbctl::scaffold
