// this_modifier_does_not_fit_the_column_type
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN timestamp("at")
#else
#define COLUMN text("at")
#endif

const migration m{create_table("products", integer("id").primary_key(), COLUMN.default_now())};
