#include "columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "dbctl/base/text.hpp"
#include "defaults.hpp"
#include "expression.hpp"
#include "expression_tokens.hpp"

namespace dbctl::mysql {
namespace {

using schema::Type;
using schema::TypeKind;

/// The numbers in parentheses: "decimal(12,2)" -> {12, 2}.
std::vector<std::uint32_t> sizes_of(const std::string& column_type) {
  std::vector<std::uint32_t> sizes;
  const auto open = column_type.find('(');
  const auto close = column_type.find(')');
  if (open == std::string::npos || close == std::string::npos) return sizes;
  for (const auto& part : text::split(std::string_view(column_type).substr(open + 1, close - open - 1), ',')) {
    std::uint32_t size = 0;
    std::from_chars(part.data(), part.data() + part.size(), size);
    sizes.push_back(size);
  }
  return sizes;
}

std::vector<std::string> members_of(const std::string& column_type) {
  std::vector<std::string> members;
  const auto tokens = tokenize(column_type);
  if (!tokens) return members;
  for (const auto& token : *tokens)
    if (token.kind == Token::Kind::string) members.push_back(token.text);
  return members;
}

Type whole_number(const std::string& data_type, bool is_unsigned, const std::string& column_type) {
  if (column_type.starts_with("tinyint(1)")) return {.kind = TypeKind::boolean};
  if (data_type == "bigint")
    return is_unsigned ? Type{.kind = TypeKind::decimal, .size = 20} : Type{.kind = TypeKind::bigint};
  if (data_type == "int") return {.kind = is_unsigned ? TypeKind::bigint : TypeKind::integer};
  if (data_type == "mediumint" || (data_type == "smallint" && is_unsigned)) return {.kind = TypeKind::integer};
  return {.kind = TypeKind::smallint};
}

Type type_of(const CatalogueColumn& column) {
  const auto& name = column.data_type;
  const auto sizes = sizes_of(column.column_type);
  const auto size = sizes.empty() ? 0U : sizes[0];
  const bool is_unsigned = column.column_type.find("unsigned") != std::string::npos;
  if (name.ends_with("int")) return whole_number(name, is_unsigned, column.column_type);
  if (name == "year") return {.kind = TypeKind::smallint};
  if (name == "decimal") return {.kind = TypeKind::decimal, .size = size, .scale = sizes.size() > 1 ? sizes[1] : 0};
  if (name == "float") return {.kind = TypeKind::real};
  if (name == "double") return {.kind = TypeKind::double_};
  if (name == "char" && size == 36 && column.charset == "ascii") return {.kind = TypeKind::uuid};
  if (name == "char") return {.kind = TypeKind::character, .size = size};
  if (name == "varchar") return {.kind = TypeKind::string, .size = size};
  if (name == "json" || column.json) return {.kind = TypeKind::json};
  if (name == "uuid") return {.kind = TypeKind::uuid};
  if (name == "varbinary" || name == "binary") return {.kind = TypeKind::binary, .size = size};
  if (name.ends_with("blob") || name == "bit") return {.kind = TypeKind::binary};
  if (name == "date") return {.kind = TypeKind::date};
  if (name == "time") return {.kind = TypeKind::time};
  if (name == "datetime" || name == "timestamp") return {.kind = TypeKind::timestamp};
  if (name == "enum") return {.kind = TypeKind::enumeration, .values = members_of(column.column_type)};
  return {.kind = TypeKind::text};
}

schema::Default default_of(const CatalogueColumn& column, const Type& type, bool mariadb) {
  if (!column.has_default) return {};
  const bool expression = mariadb || column.extra.find("DEFAULT_GENERATED") != std::string::npos;
  return expression ? default_of_sql(column.default_text, type) : default_of_text(column.default_text, type);
}

/// Whether dbctl makes columns of this very type; of others the model's type keeps the name.
bool is_own_type(const CatalogueColumn& column) {
  static constexpr std::array names =
      std::to_array<std::string_view>({"tinyint", "smallint", "int", "bigint", "decimal", "float", "double", "varchar",
                                       "longtext", "char", "varbinary", "longblob", "date", "json", "enum"});
  const auto& type = column.column_type;
  if (type.find("unsigned") != std::string::npos) return false;
  if (column.data_type == "tinyint") return type == "tinyint(1)";
  if (column.data_type == "float" || column.data_type == "double") return type == column.data_type;
  if (column.data_type == "time" || column.data_type == "datetime") return type.ends_with("(6)");
  if (column.charset == "ascii" && type == "char(36)") return column.collation == "ascii_general_ci";
  return std::ranges::find(names, column.data_type) != names.end();
}

/// What EXTRA says and the model cannot: ON UPDATE, INVISIBLE.
std::string beyond_the_model(const CatalogueColumn& column) {
  const auto extra = text::lower(column.extra);
  std::string found;
  if (const auto at = extra.find("on update"); at != std::string::npos)
    found += ' ' + extra.substr(at, extra.find_first_of(", ", at + std::string_view("on update ").size()) - at);
  if (extra.find("invisible") != std::string::npos) found += " invisible";
  return found;
}

bool has_own_collation(TypeKind kind) {
  return kind == TypeKind::string || kind == TypeKind::text || kind == TypeKind::character ||
         kind == TypeKind::enumeration;
}

/// UTF-8 whose characters are the bytes of UTF-8; anything else is returned as it is.
std::string decoded_once(std::string_view text) {
  std::string bytes;
  std::size_t following = 0;
  bool valid = true;
  for (std::size_t i = 0; valid && i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x80) {
      valid = (c == 0xc2 || c == 0xc3) && i + 1 < text.size();
      if (valid) c = static_cast<unsigned char>((c & 3U) << 6U | (static_cast<unsigned char>(text[++i]) & 0x3fU));
    }
    bytes += static_cast<char>(c);
    const bool continues = (c & 0xc0U) == 0x80U;
    valid = valid && continues == (following > 0);
    following = continues ? following - 1 : c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
  }
  return valid && following == 0 ? bytes : std::string(text);
}

}  // namespace

std::string unescaped(std::string_view escaped) {
  const auto text = decoded_once(escaped);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char c = text[++i];
      out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == '0' ? '\0' : c == 'Z' ? '\x1a' : c;
    } else {
      out += text[i];
    }
  }
  return out;
}

schema::Column column_of(const CatalogueColumn& column, bool mariadb, std::string_view default_collation) {
  schema::Column found{.name = column.name, .type = type_of(column), .nullable = column.nullable};
  const auto beyond = beyond_the_model(column);
  if (!is_own_type(column) || !beyond.empty()) found.type.values = {column.column_type + beyond};
  if (!is_own_type(column) && found.type.kind == TypeKind::uuid && !column.collation.empty())
    found.collation = column.collation;
  found.auto_increment = column.extra.find("auto_increment") != std::string::npos;
  found.default_value = default_of(column, found.type, mariadb);
  found.comment = column.comment;
  if (!column.generated.empty()) {
    found.generated = {.expression = canonical_expression(column.generated),
                       .stored = column.extra.find("STORED") != std::string::npos};
    found.default_value = {};
  }
  if (has_own_collation(found.type.kind) && column.collation != default_collation) found.collation = column.collation;
  return found;
}

}  // namespace dbctl::mysql
