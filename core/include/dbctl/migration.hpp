#pragma once
/// What a migration's author includes: `using namespace dbctl::dsl;` and one `const migration name{…};`.
#include "dbctl/dsl/migration.hpp"
