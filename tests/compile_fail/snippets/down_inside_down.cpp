// a migration has one down(...)
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION down(sql("select 2"))
#else
#define OPERATION down(down(sql("select 2")))
#endif

const migration m{sql("select 1"), OPERATION};
