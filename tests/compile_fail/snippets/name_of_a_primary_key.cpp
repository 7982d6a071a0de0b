// this_modifier_does_not_fit_this_kind_of_constraint
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define KEY unique
#else
#define KEY primary_key
#endif

const migration m{create_table("users", integer("id"), KEY("id").name("users_id"))};
