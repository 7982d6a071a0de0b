# dbctl_add_driver(NAME name [TITLE title] SOURCES sources... [DIALECT sources...] [LINK targets...])
#
# Makes the plugin libdbctl_driver_<name>.so, and from DIALECT an object library dbctl_dialect_<name> of its own, which
# is compiled without the client library LINK: golden tests link it alone. TITLE is what people call the database; a
# driver of this tree that has one gets a Debian package (packaging/).
include_guard()
include(${CMAKE_CURRENT_LIST_DIR}/dbctl_add_plugin.cmake)

function(dbctl_add_driver)
  cmake_parse_arguments(PARSE_ARGV 0 DRIVER "" "NAME;TITLE" "DIALECT;SOURCES;LINK")
  if(NOT DRIVER_NAME OR NOT DRIVER_SOURCES OR DRIVER_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dbctl_add_driver(NAME name [TITLE title] SOURCES sources... [DIALECT sources...] [LINK targets...])")
  endif()
  set(target dbctl_driver_${DRIVER_NAME})
  add_library(${target} MODULE ${DRIVER_SOURCES})
  target_link_libraries(${target} PRIVATE ${DRIVER_LINK})
  if(DRIVER_TITLE)
    set_target_properties(${target} PROPERTIES DBCTL_TITLE ${DRIVER_TITLE})
    set_property(GLOBAL APPEND PROPERTY DBCTL_TITLED_DRIVERS ${DRIVER_NAME})
  endif()
  if(DRIVER_DIALECT)
    set(dialect dbctl_dialect_${DRIVER_NAME})
    add_library(${dialect} OBJECT ${DRIVER_DIALECT})
    dbctl_plugin_code(${dialect})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${dialect}>)
  endif()
  dbctl_add_plugin(${target})
endfunction()
