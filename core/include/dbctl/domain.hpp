#pragma once
/// What `plugin.cpp` of a domain includes; DBCTL_DOMAIN_PLUGIN(name) is all that it says. The authors' headers define
/// the lists that the macro hands over; in a domain they are precompiled.
#include "dbctl/dsl/migration.hpp"
#include "dbctl/dsl/seeder.hpp"
#include "dbctl/plugin/plugin.hpp"
