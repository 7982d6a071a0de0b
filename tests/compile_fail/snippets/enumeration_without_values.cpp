// an enumeration needs at least one value
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define VALUES "new"
#else
#define VALUES
#endif

const migration m{create_table("products", integer("id").primary_key(), enumeration<VALUES>("state"))};
