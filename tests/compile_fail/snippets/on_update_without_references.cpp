// this_modifier_does_not_fit_the_column_type
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN integer("owner_id").references("owners")
#else
#define COLUMN integer("owner_id")
#endif

const migration m{create_table("products", integer("id").primary_key(), COLUMN.on_update(cascade))};
