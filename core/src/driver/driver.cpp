#include "dbctl/driver/driver.hpp"

namespace dbctl::driver {

// Out of line, so that the type information of the interfaces lives in core and is the same in every plugin.
Connection::~Connection() = default;
Driver::~Driver() = default;

}  // namespace dbctl::driver
