// too_many_items
#include <dbctl/seeder.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define MORE
#else
#define MORE .where("c", 3)
#endif

const seeder s{"S", into("a").columns("b").row(lookup("t").where("a", 1).where("b", 2) MORE)};
