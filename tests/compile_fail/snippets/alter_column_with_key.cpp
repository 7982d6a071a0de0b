// this_modifier_does_not_fit_this_operation
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN string("sku", 80)
#else
#define COLUMN string("sku", 80).unique()
#endif

const migration m{alter_column("products", COLUMN)};
