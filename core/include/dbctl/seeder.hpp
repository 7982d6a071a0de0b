#pragma once
/// What a seeder's author includes: `using namespace dbctl::dsl;` and one `const seeder name{…};`.
#include "dbctl/dsl/seeder.hpp"
