// identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63
#include <dbctl/seeder.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define KEY "sku"
#else
#define KEY "SKU"
#endif

const seeder s{"S", into("products").unique_by(KEY).columns("sku").row("A")};
