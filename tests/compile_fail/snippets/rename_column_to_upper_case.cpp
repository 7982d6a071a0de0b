// identifier_must_be_lower_case_letters_digits_and_underscores_at_most_63
#include <dbctl/migration.hpp>
using namespace dbctl::dsl;

#ifdef CONTROL
#define NAME "title"
#else
#define NAME "Title"
#endif

const migration m{rename_column("products", "name", NAME)};
