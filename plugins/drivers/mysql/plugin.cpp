#include "dbctl/plugin/plugin.hpp"

#include "driver.hpp"

using dbctl::mysql::MysqlDriver;
DBCTL_DRIVER_PLUGIN(mysql, MysqlDriver, "mysql,mariadb")
