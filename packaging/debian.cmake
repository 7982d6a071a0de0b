# The Debian packages: one for each component that is named here. The rest (the null driver, the example's domain) is
# installed by `cmake --install` and packaged by nobody.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(DBCTL_PACKAGER "dbctl maintainers <maintainers@dbctl.example>" CACHE STRING "Maintainer in the packages")
set(CPACK_PACKAGE_CONTACT ${DBCTL_PACKAGER})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own, which this one would be put before
set(CPACK_DEBIAN_PACKAGE_SECTION database)

# A package fits the suite that it was built on. Naming that makes the next suite's the newer one, for an upgrade.
cmake_host_system_information(RESULT suite QUERY DISTRIB_ID DISTRIB_VERSION_ID)
string(REPLACE ";" "" suite "${suite}")
set(CPACK_DEBIAN_PACKAGE_RELEASE 1~${suite})
set(version ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})

# Dependencies on others are read from the binaries; those on each other are exact, for C++ objects pass between them.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_LIBRARY_OUTPUT_DIRECTORY})
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)

# What CPack would write itself knows plugins only as libraries that lack a version.
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/shlibs "libdbctl ${PROJECT_VERSION_MAJOR} dbctl (= ${version})\n")
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/triggers "activate-noawait ldconfig\n")
set(CPACK_DEBIAN_DBCTL_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_BINARY_DIR}/shlibs ${CMAKE_CURRENT_BINARY_DIR}/triggers)

string(TIMESTAMP when "%a, %d %b %Y %H:%M:%S +0000" UTC)
find_program(DBCTL_GZIP gzip REQUIRED)
# dbctl_package(COMPONENT debian-name "summary" "description"): with what every Debian package has to have
function(dbctl_package COMPONENT NAME SUMMARY DESCRIPTION)
  string(TOUPPER ${COMPONENT} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${NAME} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${SUMMARY}\n${DESCRIPTION}" PARENT_SCOPE)
  set(CPACK_COMPONENTS_ALL ${CPACK_COMPONENTS_ALL} ${COMPONENT} PARENT_SCOPE)
  if(NOT COMPONENT STREQUAL "dbctl")
    set(CPACK_COMPONENT_${upper}_DEPENDS dbctl PARENT_SCOPE)
  endif()
  # EXCLUDE_FROM_ALL: only in packages
  set(changelog ${CMAKE_CURRENT_BINARY_DIR}/${NAME}/changelog.Debian)
  file(WRITE ${changelog}
    "dbctl (${version}) unstable; urgency=medium\n\n  * Version ${PROJECT_VERSION}.\n\n -- ${DBCTL_PACKAGER}  ${when}\n")
  execute_process(COMMAND ${DBCTL_GZIP} -9nf ${changelog} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${changelog}.gz ${CMAKE_CURRENT_SOURCE_DIR}/copyright DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${NAME}
    COMPONENT ${COMPONENT} EXCLUDE_FROM_ALL)
endfunction()

dbctl_package(dbctl dbctl "Database migrations and seeding, the same on every database"
  "A migration is written once, in C++ or SQL; dbctl shows every statement before
one is sent, applies what is pending, and after a crash finishes what it began.
.
A database needs its driver: dbctl-driver-sqlite, dbctl-driver-mysql (also for
MariaDB) or dbctl-driver-postgresql.")
set(CPACK_DEBIAN_DBCTL_PACKAGE_RECOMMENDS "dbctl-driver-sqlite | dbctl-driver")
set(CPACK_DEBIAN_DBCTL_PACKAGE_SUGGESTS libdbctl-dev)

get_property(drivers GLOBAL PROPERTY DBCTL_TITLED_DRIVERS)
foreach(driver IN LISTS drivers)
  get_target_property(title dbctl_driver_${driver} DBCTL_TITLE)
  dbctl_package(dbctl_driver_${driver} dbctl-driver-${driver} "${title} driver of dbctl"
    "With this plugin, dbctl migrates and seeds databases of ${title}.")
  string(TOUPPER ${driver} upper)
  set(CPACK_DEBIAN_DBCTL_DRIVER_${upper}_PACKAGE_PROVIDES dbctl-driver)
endforeach()

dbctl_package(development libdbctl-dev "Development files of dbctl: migrations, seeders and drivers in C++"
  "Headers, library link and CMake package (find_package(dbctl)) to build domains
of compiled migrations and seeders, and drivers for other databases, with.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
# dbctl refuses plugins that another compiler built.
string(REGEX MATCH "^[0-9]+" major ${CMAKE_CXX_COMPILER_VERSION})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  math(EXPR next "${major} + 1")
  set(compiler "g++ (>= 4:${major}), g++ (<< 4:${next})")
else()
  set(compiler clang-${major})
endif()
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_RECOMMENDS "${compiler}, cmake (>= 3.25), ninja-build | make")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "make, libgtest-dev")

include(CPack)
