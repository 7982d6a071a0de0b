#include <dbctl/migration.hpp>

namespace {
using namespace dbctl::dsl;

// Wrong on purpose: `dbctl test roundtrip` must find it.
const migration does_not_come_back{
    sql("UPDATE things SET n = n * 2").reversed_by("UPDATE things SET n = n - 2"),
};
}  // namespace
