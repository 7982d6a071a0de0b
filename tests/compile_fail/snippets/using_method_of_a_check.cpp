// this_modifier_does_not_fit_this_kind_of_constraint
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION create_index("users", "email")
#else
#define OPERATION add_check("users", "email", "email <> ''")
#endif

const migration m{OPERATION.using_method("hash")};
