#pragma once
#include <string>
#include <vector>

#include "dbctl/driver/driver.hpp"
#include "errors.hpp"

/// From the driver's options to the parameters of libpq.
namespace dbctl::postgresql {

/// Every parameter that decides where and how to connect is written, so that libpq's own variables (PGHOST, PGSSLMODE…)
/// decide nothing.
std::string conninfo(const driver::Options& options, const std::string& database);

/// What libpq would do silently, refused before it is asked.
void check_options(const driver::Options& options, const Place& place);

/// What libpq takes from the environment and no parameter that all its versions know can keep it from. Only the names
/// are of interest: they decide nothing that `conninfo` writes, but a wrong value stops the connection.
std::vector<std::string> variables_in_the_way();

/// "127.0.0.1:5432/shop as dbctl"
std::string target_text(const driver::Options& options, const std::string& database);

}  // namespace dbctl::postgresql
