// money is not a floating literal: write 9.99_dec, or 3.14_real for a real
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define PRICE 9.99_dec
#else
#define PRICE 9.99
#endif

const migration m{insert("products").columns("price").row(PRICE)};
