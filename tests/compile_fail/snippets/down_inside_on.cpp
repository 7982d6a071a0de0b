// down(...) holds on(...)
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define OPERATION down(on("recorder", sql("select 2")))
#else
#define OPERATION on("recorder", down(sql("select 2")))
#endif

const migration m{sql("select 1"), OPERATION};
