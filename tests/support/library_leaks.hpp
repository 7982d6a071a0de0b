#pragma once

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

namespace dbctl::test {

/// libpqxx 6.4 does not free the result of a call that found the connection gone: what is allocated while one of these
/// lives is no leak of ours.
class [[maybe_unused]] LeaksOfTheLibrary {
 public:
  LeaksOfTheLibrary() = default;
  LeaksOfTheLibrary(const LeaksOfTheLibrary&) = delete;
  LeaksOfTheLibrary& operator=(const LeaksOfTheLibrary&) = delete;
#ifdef __SANITIZE_ADDRESS__
  ~LeaksOfTheLibrary() {
    __lsan_enable();
  }

 private:
  bool disabled_ = (__lsan_disable(), true);
#else
  ~LeaksOfTheLibrary() = default;
#endif
};

}  // namespace dbctl::test
