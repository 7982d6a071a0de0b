#include "dbctl/plugin/plugin.hpp"

#include "driver.hpp"

DBCTL_DRIVER_PLUGIN(null, dbctl::null::NullDriver)
