# `cmake --install`: bin/dbctl, lib/libdbctl.so, lib/dbctl/*.so, headers and a CMake package; relocatable. Each
# component is a package of its own (packaging/); a plugin's is named as its target.
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/dbctl)
string(REGEX MATCH "^[0-9]+" DBCTL_COMPILER "${CMAKE_CXX_COMPILER_VERSION}")
string(PREPEND DBCTL_COMPILER "${CMAKE_CXX_COMPILER_ID} ")

install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/dbctl DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  COMPONENT development)
install(EXPORT dbctl NAMESPACE dbctl:: DESTINATION ${package} FILE dbctl-targets.cmake
  COMPONENT development)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dbctl-config.cmake.in ${PROJECT_BINARY_DIR}/dbctl-config.cmake
  INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dbctl-config-version.cmake COMPATIBILITY ExactVersion)
install(FILES ${PROJECT_BINARY_DIR}/dbctl-config.cmake ${PROJECT_BINARY_DIR}/dbctl-config-version.cmake
  cmake/dbctl_add_plugin.cmake cmake/dbctl_add_driver.cmake cmake/dbctl_add_domain.cmake
  cmake/dbctl_add_domain_tests.cmake
  cmake/dbctl_add_command.cmake cmake/plugin.map DESTINATION ${package} COMPONENT development)
