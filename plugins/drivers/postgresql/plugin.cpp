#include "dbctl/plugin/plugin.hpp"

#include "driver.hpp"

DBCTL_DRIVER_PLUGIN(postgresql, dbctl::postgresql::PostgresqlDriver, "postgres")
