#pragma once
/// What `plugin.cpp` of a domain includes; DBCTL_DOMAIN_PLUGIN(name) is all that it says.
#include "dbctl/dsl/lists.hpp"
#include "dbctl/plugin/plugin.hpp"
