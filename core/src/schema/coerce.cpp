#include "dbctl/schema/coerce.hpp"

namespace dbctl::schema {

Value coerce(const Value& value, const Type&) {
  return value;
}

}  // namespace dbctl::schema
