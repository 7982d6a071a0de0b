# dbctl_add_domain(NAME name [PLUGIN plugin.cpp] [MIGRATIONS dir] [SEEDERS dir])
#
# Makes the plugin libdbctl_domain_<name>.so from one line of C++ (PLUGIN) and all that the two folders hold:
# <14 digits>_<name>.cpp migrations, <name>_seeder.cpp seeders and the files in SEEDERS/data, which are embedded.
# Files are compiled in unity batches, so names at file scope must differ: generated ones end in their version.
include_guard()

# Writes an assembler-free C++ file that embeds the data files below DIR, for .rows_from("data/…").
function(dbctl_embed_data OUT NAME DIR)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${DIR}/data/*)
  set(text "// Generated: the data files of domain ${NAME}.\n#include <dbctl/seeder.hpp>\n")
  set(n 0)
  foreach(f IN LISTS files)
    file(RELATIVE_PATH relative ${DIR} ${f})
    string(APPEND text "__asm__(\".section .rodata\\n.Ldata_${n}_begin: .incbin \\\"${f}\\\"\\n.Ldata_${n}_end: .byte 0\\n\"\n"
      "        \".globl dbctl_data_${n}_begin\\n.hidden dbctl_data_${n}_begin\\n.set dbctl_data_${n}_begin, .Ldata_${n}_begin\\n\"\n"
      "        \".globl dbctl_data_${n}_end\\n.hidden dbctl_data_${n}_end\\n.set dbctl_data_${n}_end, .Ldata_${n}_end\\n.previous\\n\");\n"
      "extern \"C\" __attribute__((visibility(\"hidden\"))) const char dbctl_data_${n}_begin[], dbctl_data_${n}_end[];\n"
      "static const dbctl::dsl::embedded_file dbctl_file_${n}{\"${relative}\", dbctl_data_${n}_begin, dbctl_data_${n}_end};\n")
    math(EXPR n "${n} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${OUT} CONTENT "${text}" @ONLY)
  set_source_files_properties(${OUT} PROPERTIES OBJECT_DEPENDS "${files}" SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

function(dbctl_add_domain)
  cmake_parse_arguments(DOMAIN "" "NAME;PLUGIN;MIGRATIONS;SEEDERS" "" ${ARGN})
  if(NOT DOMAIN_PLUGIN)
    set(DOMAIN_PLUGIN plugin.cpp)
  endif()
  set(target dbctl_domain_${DOMAIN_NAME})
  set(sources)
  if(DOMAIN_MIGRATIONS)
    file(GLOB migrations CONFIGURE_DEPENDS ${DOMAIN_MIGRATIONS}/*.cpp)
    list(APPEND sources ${migrations})
  endif()
  if(DOMAIN_SEEDERS)
    file(GLOB seeders CONFIGURE_DEPENDS ${DOMAIN_SEEDERS}/*.cpp)
    list(APPEND sources ${seeders})
    set(data ${CMAKE_CURRENT_BINARY_DIR}/${target}_data.cpp)
    dbctl_embed_data(${data} ${DOMAIN_NAME} ${DOMAIN_SEEDERS})
    list(APPEND sources ${data})
  endif()
  add_library(${target} MODULE ${DOMAIN_PLUGIN} ${sources})
  set_source_files_properties(${DOMAIN_PLUGIN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 50)
  target_precompile_headers(${target} PRIVATE <dbctl/migration.hpp> <dbctl/seeder.hpp>)
  dbctl_add_plugin(${target})
endfunction()
