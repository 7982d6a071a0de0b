#include "dbctl/scaffold/fields.hpp"

#include <set>

#include <fmt/format.h>

#include "dbctl/base/codes.hpp"
#include "fuzz/targets.hpp"

namespace dbctl::fuzz {
namespace {

using scaffold::Field;
using schema::TypeKind;

std::string arguments_of(const schema::Type& type) {
  switch (type.kind) {
    case TypeKind::decimal:
      return fmt::format("decimal({},{})", type.size, type.scale);
    case TypeKind::string:
      return fmt::format("string({})", type.size);
    case TypeKind::character:
      return fmt::format("character({})", type.size);
    case TypeKind::binary:
      return type.size == 0 ? "binary" : fmt::format("binary({})", type.size);
    case TypeKind::double_:
      return "double";
    default:
      return schema::to_text(type);
  }
}

/// The field in its longest form; an enumeration's values and defaults may hold what has to be quoted.
std::string written(const Field& field) {
  auto text = field.column.name + ':' + arguments_of(field.column.type);
  if (field.column.nullable) text += "|nullable";
  if (field.unique) text += " | unique";
  if (field.index) text += "|index";
  return text;
}

void check(const std::vector<Field>& fields) {
  std::set<std::string> names;
  for (const auto& field : fields) {
    require(names.insert(field.column.name).second, "no two fields have one name");
    scaffold::check_name(field.column.name, "field", "--fields");
    if (field.column.type.kind == TypeKind::enumeration) continue;
    const auto again = scaffold::parse_fields(written(field)).at(0);
    require(again.column.name == field.column.name && again.column.type == field.column.type &&
                again.column.nullable == field.column.nullable && again.unique == field.unique &&
                again.index == field.index,
            "a field in its longest form is the field");
  }
}

}  // namespace

void fields(std::string_view input) {
  std::vector<Field> read;
  try {
    read = scaffold::parse_fields(input);
  } catch (const Error& error) {
    const auto& code = error.code();
    require(code == codes::make_fields || code == codes::make_name, "a refusal has a code of fields");
    require(!error.details().summary.empty() && error.details().where.starts_with("--fields"), "a refusal is complete");
    return;
  }
  require(!read.empty(), "what is accepted has fields");
  check(read);
}

}  // namespace dbctl::fuzz
