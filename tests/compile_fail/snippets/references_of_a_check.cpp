// this_modifier_does_not_fit_this_kind_of_constraint
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define CONSTRAINT foreign_key("id")
#else
#define CONSTRAINT check("id", "id > 0")
#endif

const migration m{create_table("users", integer("id"), CONSTRAINT.references("people"))};
