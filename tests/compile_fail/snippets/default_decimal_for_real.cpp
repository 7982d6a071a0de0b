// a_default_must_have_the_type_of_its_column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DEFAULT 1.5_real
#else
#define DEFAULT 1.5_dec
#endif

const migration m{create_table("products", integer("id").primary_key(), double_("c").default_to(DEFAULT))};
