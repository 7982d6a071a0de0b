// a_string_needs_a_length_of_at_least_1
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define LENGTH 1
#else
#define LENGTH 0
#endif

const migration m{create_table("products", integer("id").primary_key(), string("name", LENGTH))};
