// a migration has one down(...)
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define MORE
#else
#define MORE down(drop_table("b")),
#endif

const migration m{create_table("a", integer("id")), MORE down(drop_table("a"))};
