// money is not a floating literal: write 9.99_dec, or 3.14_real for a real
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DEFAULT 9.99_dec
#else
#define DEFAULT 9.99
#endif

const migration m{create_table("products", integer("id").primary_key(), decimal<12, 2>("price").default_to(DEFAULT))};
