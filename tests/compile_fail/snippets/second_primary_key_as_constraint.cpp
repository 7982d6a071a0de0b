// the_table_has_two_primary_keys
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define KEY unique("code")
#else
#define KEY primary_key("code")
#endif

const migration m{create_table("products", integer("id").primary_key(), integer("code"), KEY)};
