// this_modifier_does_not_fit_this_operation
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION drop_unique("users", "email")
#else
#define OPERATION drop_column("users", "email")
#endif

const migration m{OPERATION.name("email_key")};
