// a_default_must_have_the_type_of_its_column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DEFAULT true
#else
#define DEFAULT 1
#endif

const migration m{create_table("products", integer("id").primary_key(), boolean("c").default_to(DEFAULT))};
