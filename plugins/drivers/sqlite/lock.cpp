#include "lock.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dbctl/base/clock.hpp"
#include "dbctl/base/codes.hpp"
#include "errors.hpp"

namespace dbctl::sqlite {
namespace {

constexpr mode_t everyone_of_the_group = 0660;

/// A file descriptor that closes itself; closing gives up its lock.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const noexcept { return value_; }
  int release() noexcept { return std::exchange(value_, -1); }

 private:
  int value_;
};

/// Someone may have removed the file after it was opened; a lock on what has no name excludes nobody.
bool still_named(int descriptor, const std::string& path) {
  struct stat opened = {}, named = {};
  return ::fstat(descriptor, &opened) == 0 && ::stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

std::string user_name() {
  passwd entry = {};
  passwd* found = nullptr;
  std::string buffer(4096, '\0');
  if (::getpwuid_r(::geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
    return found->pw_name;
  return fmt::format("{}", ::geteuid());
}

std::string identity() {
  std::string host(256, '\0');
  if (::gethostname(host.data(), host.size() - 1) != 0) host = "?";
  return fmt::format("dbctl on {}, pid {}, user {}, since {}", host.c_str(), ::getpid(), user_name(),
                     utc_now().substr(0, 19));
}

/// Waiters show this text; the lock holds without it, so that a full disk is no reason to fail.
void write_identity(int descriptor) {
  const std::string text = identity();
  if (::ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const auto written = ::pwrite(descriptor, text.data(), text.size(), 0);
}

}  // namespace

FileLock::FileLock(std::string path) : path_(std::move(path)) {}
FileLock::~FileLock() {
  unlock();
}

bool FileLock::try_lock() {
  if (held()) return true;
  constexpr int most_attempts = 10;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    Descriptor file(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, everyone_of_the_group));
    if (file.get() < 0)
      raise_file(codes::statement_storage, fmt::format("the lock file {} cannot be made", path_), errno,
                 {"give this user the right to write to that folder"});
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return false;
      raise_file(codes::statement_storage, fmt::format("the lock file {} cannot be locked", path_), errno);
    }
    if (!still_named(file.get(), path_)) continue;
    write_identity(file.get());
    descriptor_ = file.release();
    return true;
  }
  return false;
}

void FileLock::unlock() noexcept {
  if (!held()) return;
  if (::ftruncate(descriptor_, 0) != 0) {
    // The holder's name stays behind; nobody shows it while the lock is free.
  }
  ::close(std::exchange(descriptor_, -1));
}

std::optional<std::string> FileLock::holder() const {
  Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return std::nullopt;
  if (!held() && ::flock(file.get(), LOCK_SH | LOCK_NB) == 0) return std::nullopt;
  std::string text(1024, '\0');
  const auto length = ::pread(file.get(), text.data(), text.size(), 0);
  if (length <= 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return text;
}

}  // namespace dbctl::sqlite
