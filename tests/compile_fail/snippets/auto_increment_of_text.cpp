// this_modifier_does_not_fit_the_column_type
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN integer("number")
#else
#define COLUMN text("number")
#endif

const migration m{create_table("tickets", COLUMN.primary_key().auto_increment())};
