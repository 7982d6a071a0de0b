// the_table_has_this_column_twice
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN "made_at"
#else
#define COLUMN "created_at"
#endif

const migration m{create_table("products", integer("id").primary_key(), timestamp(COLUMN), timestamps())};
