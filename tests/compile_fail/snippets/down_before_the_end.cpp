// down(...) comes last
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATIONS add_column("a", text("b")), down(drop_table("a"))
#else
#define OPERATIONS down(drop_table("a")), add_column("a", text("b"))
#endif

const migration m{create_table("a", integer("id")), OPERATIONS};
