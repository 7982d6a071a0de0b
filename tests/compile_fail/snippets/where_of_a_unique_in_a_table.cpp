// this_modifier_does_not_fit_this_kind_of_constraint
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define KEY index
#else
#define KEY unique
#endif

const migration m{create_table("users", integer("id"), KEY("id").where("id > 0"))};
