// this_modifier_does_not_fit_this_operation
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION alter_column
#else
#define OPERATION add_column
#endif

const migration m{OPERATION("products", integer("stock")).using_expression("0")};
