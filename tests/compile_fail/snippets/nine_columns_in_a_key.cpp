// too_many_items
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMNS "a", "b", "c", "d", "e", "f", "g", "h"
#else
#define COLUMNS "a", "b", "c", "d", "e", "f", "g", "h", "i"
#endif

const migration m{add_unique("products", {COLUMNS})};
