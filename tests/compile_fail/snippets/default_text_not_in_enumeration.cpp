// a_default_must_have_the_type_of_its_column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DEFAULT "new"
#else
#define DEFAULT "sent"
#endif

const migration m{
    create_table("products", integer("id").primary_key(), enumeration<"new", "paid">("c").default_to(DEFAULT))};
