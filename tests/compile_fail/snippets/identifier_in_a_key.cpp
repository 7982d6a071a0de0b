// identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN "id"
#else
#define COLUMN "Id"
#endif

const migration m{create_index("products", COLUMN)};
