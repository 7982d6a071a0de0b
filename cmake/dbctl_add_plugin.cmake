# What drivers and domains have in common. Works in this tree and with an installed dbctl (find_package(dbctl)).
include_guard()

# Makes the module TARGET a plugin: one exported symbol, its own place in the build tree and in the installed one.
function(dbctl_add_plugin TARGET)
  if(NOT DEFINED DBCTL_PLUGIN_OUTPUT)
    set(DBCTL_PLUGIN_OUTPUT ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  if(NOT DEFINED DBCTL_PLUGIN_DESTINATION)
    set(DBCTL_PLUGIN_DESTINATION lib/dbctl)
  endif()
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  set_target_properties(${TARGET} PROPERTIES PREFIX lib LIBRARY_OUTPUT_DIRECTORY ${DBCTL_PLUGIN_OUTPUT}
    LINK_DEPENDS ${map} INSTALL_RPATH "$ORIGIN/..")
  target_compile_definitions(${TARGET} PRIVATE DBCTL_VERSION="${dbctl_VERSION}")
  target_link_options(${TARGET} PRIVATE -Wl,--version-script=${map} -Wl,--build-id=sha1 -Wl,-z,defs)
  if(DBCTL_SANITIZE)
    target_link_options(${TARGET} PRIVATE -Wl,-z,undefs)  # the sanitizer's runtime is in the program
  endif()
  dbctl_plugin_code(${TARGET})
  if(DBCTL_PLUGIN_DESTINATION)
    install(TARGETS ${TARGET} LIBRARY DESTINATION ${DBCTL_PLUGIN_DESTINATION} COMPONENT ${TARGET})
    if(TARGET dbctl_programs)
      add_dependencies(dbctl_programs ${TARGET})
    endif()
  endif()
endfunction()

# How the code of a plugin is compiled.
function(dbctl_plugin_code TARGET)
  set_target_properties(${TARGET} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON CXX_STANDARD 20 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF)
  target_link_libraries(${TARGET} PRIVATE dbctl::dbctl)
  if(TARGET dbctl_warnings)
    target_link_libraries(${TARGET} PRIVATE dbctl_warnings)
  endif()
endfunction()
