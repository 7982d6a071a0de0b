// identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define COLUMN "a_b"
#else
#define COLUMN "a\"; drop table users; --"
#endif

const migration m{create_table("products", integer("id").primary_key(), integer(COLUMN))};
