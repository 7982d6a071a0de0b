#include "dbctl/schema/types.hpp"

#include <fmt/format.h>

#include "dbctl/base/text.hpp"

namespace dbctl::schema {
namespace {

std::string enumeration_text(const std::vector<std::string>& values) {
  std::vector<std::string> quoted;
  for (const auto& v : values) quoted.push_back("'" + text::replace_all(v, "'", "''") + "'");
  return fmt::format("enumeration({})", fmt::join(quoted, ","));
}

}  // namespace

std::string to_text(const Type& type) {
  switch (type.kind) {
    case TypeKind::boolean:
      return "boolean";
    case TypeKind::smallint:
      return "smallint";
    case TypeKind::integer:
      return "integer";
    case TypeKind::bigint:
      return "bigint";
    case TypeKind::decimal:
      return fmt::format("decimal<{},{}>", type.size, type.scale);
    case TypeKind::real:
      return "real";
    case TypeKind::double_:
      return "double";
    case TypeKind::string:
      return fmt::format("string({})", type.size);
    case TypeKind::text:
      return "text";
    case TypeKind::character:
      return fmt::format("character({})", type.size);
    case TypeKind::uuid:
      return "uuid";
    case TypeKind::binary:
      return type.size == 0 ? "binary" : fmt::format("binary({})", type.size);
    case TypeKind::date:
      return "date";
    case TypeKind::time:
      return "time";
    case TypeKind::timestamp:
      return "timestamp";
    case TypeKind::json:
      return "json";
    case TypeKind::text_array:
      return "text_array";
    case TypeKind::enumeration:
      return enumeration_text(type.values);
  }
  return "unknown";
}

}  // namespace dbctl::schema
