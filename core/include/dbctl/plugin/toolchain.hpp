#pragma once
#include <cstddef>  // defines the library's own macros

/// The number of the boundary: every header that a plugin can include. `ci/check_abi.py` sees to it that it changes
/// with them.
#define DBCTL_PLUGIN_ABI 2

/// What must be alike in dbctl and in its plugins, because C++ objects, exceptions and strings pass between them:
/// compiler, C++ ABI, standard library and its modes, language version, sanitizer. Compared as text.
#define DBCTL_PLUGIN_TOOLCHAIN                                                                                        \
  DBCTL_DETAIL_COMPILER                                                                                               \
  ", C++ ABI " DBCTL_DETAIL_TEXT(__GXX_ABI_VERSION) ", " DBCTL_DETAIL_LIBRARY ", C++ " DBCTL_DETAIL_TEXT(__cplusplus) \
      DBCTL_DETAIL_DEBUG DBCTL_DETAIL_SANITIZER

#define DBCTL_DETAIL_TEXT(x) DBCTL_DETAIL_TEXT2(x)
#define DBCTL_DETAIL_TEXT2(x) #x

#if defined(__clang__)
#define DBCTL_DETAIL_COMPILER "clang " DBCTL_DETAIL_TEXT(__clang_major__)
#else
#define DBCTL_DETAIL_COMPILER "g++ " DBCTL_DETAIL_TEXT(__GNUC__)
#endif

#if defined(_LIBCPP_VERSION)
#define DBCTL_DETAIL_LIBRARY "libc++ " DBCTL_DETAIL_TEXT(_LIBCPP_ABI_VERSION)
#else
#define DBCTL_DETAIL_LIBRARY \
  "libstdc++ " DBCTL_DETAIL_TEXT(_GLIBCXX_RELEASE) " cxx11=" DBCTL_DETAIL_TEXT(_GLIBCXX_USE_CXX11_ABI)
#endif

#if defined(_GLIBCXX_DEBUG)
#define DBCTL_DETAIL_DEBUG ", debug mode"
#else
#define DBCTL_DETAIL_DEBUG ""
#endif

#if defined(__SANITIZE_ADDRESS__)
#define DBCTL_DETAIL_SANITIZER ", AddressSanitizer"
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DBCTL_DETAIL_SANITIZER ", AddressSanitizer"
#else
#define DBCTL_DETAIL_SANITIZER ""
#endif
#else
#define DBCTL_DETAIL_SANITIZER ""
#endif
