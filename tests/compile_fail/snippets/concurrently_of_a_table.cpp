// this_modifier_does_not_fit_this_operation
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION drop_index("products", "sku")
#else
#define OPERATION drop_table("products")
#endif

const migration m{OPERATION.concurrently()};
