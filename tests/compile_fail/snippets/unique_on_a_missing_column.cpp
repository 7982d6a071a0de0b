// the_table_has_no_such_column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN "sku"
#else
#define COLUMN "skew"
#endif

const migration m{create_table("products", integer("sku"), unique(COLUMN))};
