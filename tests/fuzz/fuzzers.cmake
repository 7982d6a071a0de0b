# The build of the fuzzers: what they need of core, all of it instrumented, and nothing else.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "DBCTL_FUZZ needs clang, for libFuzzer: cmake --preset fuzz")
endif()
set(sanitizers address,undefined)
add_compile_options(-fsanitize=fuzzer-no-link,${sanitizers} -fno-sanitize-recover=undefined -fno-omit-frame-pointer
  -D_GLIBCXX_ASSERTIONS)

set(core ${PROJECT_SOURCE_DIR}/core/src)
file(GLOB core_sources CONFIGURE_DEPENDS ${core}/base/*.cpp)
foreach(name body classify dialect lexer lexical modes pattern script_errors split)
  list(APPEND core_sources ${core}/sql/${name}.cpp)
endforeach()
file(GLOB value_sources CONFIGURE_DEPENDS ${core}/value/*.cpp ${core}/schema/coerce*.cpp)
list(APPEND core_sources ${value_sources} ${core}/schema/exact_number.cpp ${core}/schema/types.cpp
  ${core}/schema/words.cpp)
foreach(name fields field_types names)
  list(APPEND core_sources ${core}/scaffold/${name}.cpp)
endforeach()
add_library(dbctl STATIC ${core_sources})
target_include_directories(dbctl PUBLIC ${PROJECT_SOURCE_DIR}/core/include PRIVATE ${core})
target_link_libraries(dbctl PRIVATE dbctl_warnings fmt::fmt PkgConfig::NETTLE)

function(dbctl_fuzzer FUNCTION)
  add_executable(fuzz_${FUNCTION} main.cpp)
  target_compile_definitions(fuzz_${FUNCTION} PRIVATE DBCTL_FUZZ_FUNCTION=${FUNCTION})
  target_link_libraries(fuzz_${FUNCTION} PRIVATE fuzz_targets)
  target_link_options(fuzz_${FUNCTION} PRIVATE -fsanitize=fuzzer,${sanitizers})
endfunction()
