// row: as many cells as columns
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define CELLS 1, "admin"
#else
#define CELLS 1
#endif

const migration m{insert("roles").columns("id", "name").row(CELLS)};
