#pragma once
#include <optional>
#include <string>

/// A lock file beside the database that excludes other sessions of dbctl, in this process and in others.
namespace dbctl::sqlite {

/// Ends with the process that holds it, however that ends. The file itself is never removed: a waiter may have it open.
class FileLock {
 public:
  /// `path` is the lock file's.
  explicit FileLock(std::string path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

  /// Takes the lock without waiting and writes down who holds it; true when it is held now. Throws Error
  /// (statement_storage) when the file cannot be made.
  bool try_lock();
  void unlock() noexcept;
  bool held() const noexcept { return descriptor_ >= 0; }
  /// What the holder wrote down; empty when nobody holds the lock.
  std::optional<std::string> holder() const;

 private:
  std::string path_;
  int descriptor_ = -1;
};

}  // namespace dbctl::sqlite
