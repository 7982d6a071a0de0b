#pragma once
#include <map>
#include <string>

#include "dbctl/driver/driver.hpp"
#include "environment/url.hpp"

namespace dbctl::environment {

/// What the URL gives each of the driver's options, by name. Throws Error (environment_key or environment_value) for a
/// part that the driver does not have; no message repeats any part of the URL.
std::map<std::string, std::string, std::less<>> url_options(const Url& url, const driver::DriverInfo& info);

}  // namespace dbctl::environment
