# dbctl_add_domain(name [PLUGIN plugin.cpp] [MIGRATIONS dir] [SEEDERS dir])
#
# Makes the plugin libdbctl_domain_<name>.so from all that the two folders hold, `migrations` and `seeders` where none
# are named: <14 digits>_<name>.cpp migrations, <name>_seeder.cpp seeders and the files in SEEDERS/data, which are
# embedded. PLUGIN is for a domain that has more to say than DBCTL_DOMAIN_PLUGIN(name), which is written otherwise.
# Files are compiled in unity batches, so names at file scope must differ: generated ones end in their version.
include_guard()
include(${CMAKE_CURRENT_LIST_DIR}/dbctl_add_plugin.cmake)

# Writes to OUT a C++ file that embeds the data files below DIR, for .rows_from("data/…"). It is compiled again when one
# of them changes.
function(dbctl_embed_data OUT DIR)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${DIR}/data/*)
  set(text "// Generated: the data files of a domain.\n#include <dbctl/plugin/embed.hpp>\n")
  set(n 0)
  foreach(file IN LISTS files)
    if(file MATCHES "[\"\\\\\n;]")
      message(FATAL_ERROR "${file}: quotes, backslashes and semicolons cannot be in the name of a data file")
    endif()
    file(RELATIVE_PATH name ${DIR} ${file})
    string(APPEND text "DBCTL_EMBED(${n}, \"${name}\", \"${file}\")\n")
    math(EXPR n "${n} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${OUT} CONTENT "${text}")
  set_source_files_properties(${OUT} PROPERTIES OBJECT_DEPENDS "${files}" SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

function(dbctl_add_domain DOMAIN_NAME)
  cmake_parse_arguments(PARSE_ARGV 1 DOMAIN "" "PLUGIN;MIGRATIONS;SEEDERS" "")
  if(DOMAIN_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dbctl_add_domain(name [PLUGIN plugin.cpp] [MIGRATIONS dir] [SEEDERS dir]), not ${DOMAIN_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT DOMAIN_NAME MATCHES "^[a-z][a-z0-9_]*$")
    message(FATAL_ERROR "dbctl_add_domain: \"${DOMAIN_NAME}\" is no name for a domain: lower-case letters, digits and underscores")
  endif()
  if(NOT DOMAIN_PLUGIN)
    set(DOMAIN_PLUGIN ${CMAKE_CURRENT_BINARY_DIR}/dbctl_domain_${DOMAIN_NAME}.cpp)
    file(CONFIGURE OUTPUT ${DOMAIN_PLUGIN} CONTENT "#include <dbctl/domain.hpp>\n\nDBCTL_DOMAIN_PLUGIN(${DOMAIN_NAME})\n")
  endif()
  if(NOT DOMAIN_MIGRATIONS AND NOT DOMAIN_SEEDERS)
    set(DOMAIN_MIGRATIONS migrations)
    set(DOMAIN_SEEDERS seeders)
  endif()
  set(target dbctl_domain_${DOMAIN_NAME})
  add_library(${target} MODULE ${DOMAIN_PLUGIN})
  foreach(dir ${DOMAIN_MIGRATIONS} ${DOMAIN_SEEDERS})
    get_filename_component(dir ${dir} ABSOLUTE)
    file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/[.#][^/]*$")  # what editors keep beside a file that is open
    target_sources(${target} PRIVATE ${sources})
  endforeach()
  if(DOMAIN_SEEDERS)
    get_filename_component(seeders ${DOMAIN_SEEDERS} ABSOLUTE)
    set(data ${CMAKE_CURRENT_BINARY_DIR}/${target}_data.cpp)
    dbctl_embed_data(${data} ${seeders})
    target_sources(${target} PRIVATE ${data})
  endif()
  set_source_files_properties(${DOMAIN_PLUGIN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 50)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})  # "models/product.hpp"
  target_precompile_headers(${target} PRIVATE <dbctl/migration.hpp> <dbctl/seeder.hpp>)
  # Migrations are data that the compiler computes either way; more optimisation only makes their authors wait.
  target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O1>)
  # Migrations are known by the path below the project, wherever it was built.
  target_compile_options(${target} PRIVATE -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=)
  dbctl_add_plugin(${target})
endfunction()
