# MySQL Connector/C++ (the JDBC interface). Debian ships neither a .pc file nor a CMake package for it.
# Defines MySQLConnectorCpp_FOUND and the target MySQL::ConnectorCpp.
find_path(MySQLConnectorCpp_INCLUDE_DIR NAMES cppconn/driver.h mysql_driver.h)
find_library(MySQLConnectorCpp_LIBRARY NAMES mysqlcppconn)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MySQLConnectorCpp DEFAULT_MSG MySQLConnectorCpp_LIBRARY MySQLConnectorCpp_INCLUDE_DIR)
mark_as_advanced(MySQLConnectorCpp_LIBRARY MySQLConnectorCpp_INCLUDE_DIR)
if(MySQLConnectorCpp_FOUND AND NOT TARGET MySQL::ConnectorCpp)
  add_library(MySQL::ConnectorCpp SHARED IMPORTED)
  set_target_properties(MySQL::ConnectorCpp PROPERTIES IMPORTED_LOCATION ${MySQLConnectorCpp_LIBRARY})
  target_include_directories(MySQL::ConnectorCpp SYSTEM INTERFACE ${MySQLConnectorCpp_INCLUDE_DIR})
endif()
