#pragma once
#include <string_view>

#include "dbctl/base/error.hpp"

/// Every error this driver raises by itself. A driver with a client library also has the one function here that turns
/// the library's exceptions into a StatementError or an Error with a connection code.
namespace dbctl::null {

Error cannot_record(std::string_view file);
Error not_in_transaction();
Unsupported no_foreign_keys();
Unsupported no_database(std::string_view verb);

}  // namespace dbctl::null
