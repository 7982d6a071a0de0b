#include "dbctl/plugin/plugin.hpp"

#include "driver.hpp"

using dbctl::sqlite::SqliteDriver;
DBCTL_DRIVER_PLUGIN(sqlite, SqliteDriver, "sqlite3")
