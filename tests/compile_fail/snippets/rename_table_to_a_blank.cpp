// identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define NAME "wares"
#else
#define NAME "the wares"
#endif

const migration m{rename_table("products", NAME)};
