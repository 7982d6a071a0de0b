#pragma once
/// What tests of a project's migrations and seeders include, with any test library.
#include "dbctl/model.hpp"
#include "dbctl/testing/project.hpp"
