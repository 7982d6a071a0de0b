// insert: columns(...) once, before the first row
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define MORE
#else
#define MORE .columns("b")
#endif

const migration m{insert("numbers").columns("a").row(1) MORE};
