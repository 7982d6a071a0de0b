# How everything in this tree is compiled, and where the results go. The build tree mirrors the installed one
# (bin/dbctl, lib/libdbctl.so, lib/dbctl/*.so), so that a program finds its library and plugins in the same way in both.
include(GNUInstallDirs)
set(CMAKE_INSTALL_LIBDIR lib)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(DBCTL_PLUGIN_OUTPUT ${CMAKE_BINARY_DIR}/lib/dbctl)
set(DBCTL_PLUGIN_DESTINATION ${CMAKE_INSTALL_LIBDIR}/dbctl)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

# What the project's own code is held to; third-party headers are SYSTEM and not concerned.
add_library(dbctl_warnings INTERFACE)
target_compile_options(dbctl_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow
  -Wnon-virtual-dtor -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(dbctl_warnings INTERFACE -Wno-overloaded-virtual)
endif()
# Where it optimises, GCC 12 sees overflows in `"text" + std::string` that are not there (GCC bug 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(dbctl_warnings INTERFACE
    $<$<CONFIG:Release>:-Wno-restrict;-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds>)
endif()
if(DBCTL_WERROR)
  target_compile_options(dbctl_warnings INTERFACE -Werror)
endif()
if(DBCTL_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(DBCTL_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()
add_link_options(-Wl,--as-needed -Wl,--build-id=sha1)

find_program(DBCTL_CCACHE ccache)
if(DBCTL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${DBCTL_CCACHE})
endif()
