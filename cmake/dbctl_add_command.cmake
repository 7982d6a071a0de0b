# dbctl_add_command(NAME name SOURCES sources... [LINK targets...])
#
# Makes the plugin libdbctl_command_<name>.so: the command `dbctl <name>`.
include_guard()
include(${CMAKE_CURRENT_LIST_DIR}/dbctl_add_plugin.cmake)

function(dbctl_add_command)
  cmake_parse_arguments(PARSE_ARGV 0 COMMAND "" "NAME" "SOURCES;LINK")
  if(NOT COMMAND_NAME OR NOT COMMAND_SOURCES OR COMMAND_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "dbctl_add_command(NAME name SOURCES sources... [LINK targets...])")
  endif()
  set(target dbctl_command_${COMMAND_NAME})
  add_library(${target} MODULE ${COMMAND_SOURCES})
  target_link_libraries(${target} PRIVATE ${COMMAND_LINK})
  dbctl_add_plugin(${target})
endfunction()
