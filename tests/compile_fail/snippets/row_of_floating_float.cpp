// money is not a floating literal: write 9.99_dec, or 3.14_real for a real
#include <dbctl/seeder.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define PRICE 9.5_real
#else
#define PRICE 9.5F
#endif

const seeder s{"S", into("products").unique_by("sku").columns("sku", "price").row("A", PRICE)};
