# `cmake --install`: bin/dbctl, lib/libdbctl.so, lib/dbctl/*.so, headers and a CMake package; relocatable.
include(CMakePackageConfigHelpers)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/dbctl DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT dbctl NAMESPACE dbctl:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dbctl FILE dbctl-targets.cmake)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dbctl-config.cmake.in ${PROJECT_BINARY_DIR}/dbctl-config.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dbctl)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dbctl-config-version.cmake COMPATIBILITY ExactVersion)
install(FILES ${PROJECT_BINARY_DIR}/dbctl-config.cmake ${PROJECT_BINARY_DIR}/dbctl-config-version.cmake
  cmake/dbctl_add_driver.cmake cmake/dbctl_add_domain.cmake cmake/plugin.map
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/dbctl)
