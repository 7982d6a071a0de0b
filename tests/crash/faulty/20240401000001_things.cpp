#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration things{
    create_table("things", integer("id").primary_key(), integer("n")),
    insert("things").columns("id", "n").row(1, 1).row(2, 2),
};
}  // namespace
