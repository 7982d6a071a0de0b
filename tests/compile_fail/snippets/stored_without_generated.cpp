// this_modifier_does_not_fit_the_column_type
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN integer("twice").generated_as("id * 2")
#else
#define COLUMN integer("twice")
#endif

const migration m{create_table("products", integer("id").primary_key(), COLUMN.stored())};
