// this_modifier_does_not_fit_this_kind_of_constraint
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION add_foreign_key("users", "group_id").references("groups")
#else
#define OPERATION add_unique("users", "group_id")
#endif

const migration m{OPERATION.on_update(cascade)};
