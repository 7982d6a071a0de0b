#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

const migration create_users{
    create_table("users",
        uuid("id").primary_key(),
        string("name", 120),
        string("email", 190).unique(),
        string("phone", 32).nullable(),
        timestamps()),
};
}  // namespace
