#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder user_seeder{"UserSeeder", into("users").unique_by("email").rows_from("data/users.json")};
}  // namespace
