// the_table_has_this_column_twice
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN "label"
#else
#define COLUMN "name"
#endif

const migration m{create_table("products", integer("id").primary_key(), string("name"), string(COLUMN))};
