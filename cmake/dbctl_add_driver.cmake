# dbctl_add_driver(NAME name DIALECT sources... SOURCES sources... [LINK targets...])
#
# Makes the plugin libdbctl_driver_<name>.so, and from DIALECT an object library dbctl_dialect_<name> of its own, which
# needs no client library: golden tests link it. Works in this tree and with an installed dbctl (find_package(dbctl)).
set(DBCTL_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})

function(dbctl_add_plugin TARGET)
  if(NOT DEFINED DBCTL_PLUGIN_OUTPUT)
    set(DBCTL_PLUGIN_OUTPUT ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  set_target_properties(${TARGET} PROPERTIES PREFIX lib LIBRARY_OUTPUT_DIRECTORY ${DBCTL_PLUGIN_OUTPUT}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON
    LINK_DEPENDS ${DBCTL_CMAKE_DIR}/plugin.map INSTALL_RPATH "$ORIGIN/..")
  target_compile_features(${TARGET} PRIVATE cxx_std_20)
  target_link_libraries(${TARGET} PRIVATE dbctl::dbctl)
  target_link_options(${TARGET} PRIVATE -Wl,--version-script=${DBCTL_CMAKE_DIR}/plugin.map -Wl,-z,defs -Wl,--build-id=sha1)
  if(DBCTL_SANITIZE)
    target_link_options(${TARGET} PRIVATE -Wl,-z,undefs)  # the sanitizer's runtime is in the program
  endif()
  if(TARGET dbctl_warnings)
    target_link_libraries(${TARGET} PRIVATE dbctl_warnings)
  endif()
  if(DEFINED DBCTL_PLUGIN_DESTINATION)
    install(TARGETS ${TARGET} LIBRARY DESTINATION ${DBCTL_PLUGIN_DESTINATION})
  endif()
endfunction()

function(dbctl_add_driver)
  cmake_parse_arguments(DRIVER "" "NAME" "DIALECT;SOURCES;LINK" ${ARGN})
  add_library(dbctl_dialect_${DRIVER_NAME} OBJECT ${DRIVER_DIALECT})
  target_compile_features(dbctl_dialect_${DRIVER_NAME} PRIVATE cxx_std_20)
  set_target_properties(dbctl_dialect_${DRIVER_NAME} PROPERTIES POSITION_INDEPENDENT_CODE ON
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  target_link_libraries(dbctl_dialect_${DRIVER_NAME} PUBLIC dbctl::dbctl)
  if(TARGET dbctl_warnings)
    target_link_libraries(dbctl_dialect_${DRIVER_NAME} PRIVATE dbctl_warnings)
  endif()
  add_library(dbctl_driver_${DRIVER_NAME} MODULE ${DRIVER_SOURCES} $<TARGET_OBJECTS:dbctl_dialect_${DRIVER_NAME}>)
  target_link_libraries(dbctl_driver_${DRIVER_NAME} PRIVATE ${DRIVER_LINK})
  dbctl_add_plugin(dbctl_driver_${DRIVER_NAME})
endfunction()
