#include "dbctl/plugin/plugin.hpp"

#include "driver.hpp"

DBCTL_DRIVER_PLUGIN(sqlite, dbctl::sqlite::SqliteDriver, "sqlite3")
