// decimal<digits, scale>: 1 to 65 digits in all, of which at most 30 after the point
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define DIGITS 12, 2
#else
#define DIGITS 2, 12
#endif

const migration m{create_table("products", integer("id").primary_key(), decimal<DIGITS>("price"))};
