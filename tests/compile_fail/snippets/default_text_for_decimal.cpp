// a_default_must_have_the_type_of_its_column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DEFAULT 0.00_dec
#else
#define DEFAULT "0.00"
#endif

const migration m{create_table("products", integer("id").primary_key(), decimal<12, 2>("c").default_to(DEFAULT))};
