// create_table: a table needs a column
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define ELEMENT integer("id")
#else
#define ELEMENT check("positive", "1 > 0")
#endif

const migration m{create_table("products", ELEMENT)};
