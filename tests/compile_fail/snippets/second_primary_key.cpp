// the_table_has_two_primary_keys
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN integer("code")
#else
#define COLUMN integer("code").primary_key()
#endif

const migration m{create_table("products", integer("id").primary_key(), COLUMN)};
