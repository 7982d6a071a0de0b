#include <dbctl/seeder.hpp>

namespace {
using namespace dbctl::dsl;

const seeder category_seeder{"CategorySeeder",
    into("categories").unique_by("slug").essential().rows_from("data/categories.json")};
}  // namespace
