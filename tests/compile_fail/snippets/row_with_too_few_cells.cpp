// row: as many cells as columns
#include <dbctl/seeder.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define CELLS "A", 9.99_dec
#else
#define CELLS "A"
#endif

const seeder s{"S", into("products").columns("sku", "price").row(CELLS)};
