// this_modifier_does_not_fit_this_operation
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN uuid("id")
#else
#define COLUMN uuid("id").primary_key()
#endif

const migration m{add_column("users", COLUMN)};
